// SPDX-License-Identifier: AGPL-3.0-or-later
import type { ComponentProps } from 'react';
import styles from './Button.module.css';
import { Icon, type IconName } from './Icon.tsx';

export type ButtonLook = 'plain' | 'primary' | 'quiet' | 'danger';

interface Shape {
  look?: ButtonLook;
  icon?: IconName;
  large?: boolean;
  wide?: boolean;
}

/** The classes alone, for links that look like buttons. */
export const buttonClass = ({ look = 'plain', large = false, wide = false }: Shape = {}): string =>
  [styles['button'], look === 'plain' ? '' : styles[look], large ? styles['large'] : '', wide ? styles['wide'] : '']
    .filter(Boolean)
    .join(' ');

export const Button = ({ look, icon, large, wide, className, children, ...rest }: Shape & ComponentProps<'button'>) => (
  <button
    type="button"
    {...rest}
    className={`${buttonClass({
      ...(look === undefined ? {} : { look }),
      ...(large === undefined ? {} : { large }),
      ...(wide === undefined ? {} : { wide }),
    })} ${className ?? ''}`}
  >
    {icon !== undefined && <Icon name={icon} />}
    {children}
  </button>
);

/** A button that shows a sign alone; the label is its name and its tooltip. */
export const IconButton = ({
  label,
  icon,
  look = 'quiet',
  shortcut,
  className,
  ...rest
}: { label: string; icon: IconName; look?: ButtonLook; shortcut?: string } & Omit<
  ComponentProps<'button'>,
  'children'
>) => (
  <button
    type="button"
    aria-label={label}
    title={shortcut === undefined ? label : `${label} (${shortcut})`}
    {...rest}
    className={`${buttonClass({ look })} ${styles['icon']} ${className ?? ''}`}
  >
    <Icon name={icon} />
  </button>
);
