// SPDX-License-Identifier: AGPL-3.0-or-later
import { useDeferredValue, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { GlyphSign } from '../cameras/StateSign.tsx';
import { Dialog } from '../design/Dialog.tsx';
import { Icon } from '../design/Icon.tsx';
import { Key } from '../design/Keys.tsx';
import { useCommands, type Command } from './palette-commands.ts';
import styles from './Palette.module.css';

/** Finds cameras, places and things to do. The focus stays in the input; the arrows move through what was found. */
export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const q = useDeferredValue(text.trim());
  const { commands, searching } = useCommands(q, onHelp);
  const active = Math.min(at, Math.max(0, commands.length - 1));

  // What the arrows reach has to be seen.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const run = (command: Command | undefined) => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && commands.length > 0) setAt((active + step + commands.length) % commands.length);
    else if (event.key === 'Enter') run(commands[active]);
    else return;
    event.preventDefault();
  };

  return (
    <Dialog title={t('app.palette.title')} onClose={onClose} bare>
      <div className={styles['input']}>
        <Icon name="search" />
        <input
          role="combobox"
          aria-expanded={commands.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={commands.length > 0 ? `${id}-${active}` : undefined}
          aria-autocomplete="list"
          aria-label={t('app.palette.placeholder')}
          placeholder={t('app.palette.placeholder')}
          value={text}
          maxLength={100}
          // eslint-disable-next-line jsx-a11y/no-autofocus -- the palette was opened to type
          autoFocus
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
        <Key>Esc</Key>
      </div>
      <div
        ref={list}
        className={styles['results']}
        id={`${id}-list`}
        role="listbox"
        aria-label={t('app.palette.title')}
      >
        {commands.map((command, index) => (
          <Option
            key={command.id}
            id={`${id}-${index}`}
            command={command}
            first={commands[index - 1]?.group !== command.group}
            active={index === active}
            onPoint={() => setAt(index)}
            onRun={() => run(command)}
          />
        ))}
      </div>
      {commands.length === 0 && !searching && (
        <p className={styles['nothing']}>
          {t('app.palette.nothing', { q })} {t('app.palette.nothingHint')}
        </p>
      )}
      <p className={styles['foot']} role="status">
        {q === '' || searching ? t('app.palette.hint') : t('app.palette.results', { count: commands.length })}
      </p>
    </Dialog>
  );
}

interface OptionProps {
  id: string;
  command: Command;
  /** Whether it opens a group. */
  first: boolean;
  active: boolean;
  onPoint: () => void;
  onRun: () => void;
}

function Option({ id, command, first, active, onPoint, onRun }: OptionProps) {
  const { t } = useTranslation();
  return (
    <>
      {first && (
        <p className={styles['group']} role="presentation">
          {t(`app.palette.${command.group}`)}
        </p>
      )}
      {/* eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the input has the focus and the keys */}
      <div
        id={id}
        role="option"
        aria-selected={active}
        className={styles['option']}
        onMouseMove={onPoint}
        onClick={onRun}
      >
        {'glyph' in command.sign ? <GlyphSign glyph={command.sign.glyph} /> : <Icon name={command.sign.icon} />}
        <span>
          {command.strong !== undefined && <b>{command.strong}</b>}
          {command.text}
        </span>
        {command.note !== undefined && <small>{command.note}</small>}
      </div>
    </>
  );
}
