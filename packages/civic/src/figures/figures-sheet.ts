// SPDX-License-Identifier: AGPL-3.0-or-later
// The figures as sentences and tables, once: page, PDF and CSV say the same because they are made of this.
import { CASE_AGES, type CameraGroup, type Figures, type RecordFigures } from '@louver/contract';
import type { Language } from '../language.ts';
import { numberOf } from '../times.ts';
import { figuresWords } from './figures-words.ts';
import { whenOf } from './when.ts';

export interface SheetTable {
  id: string;
  caption: string;
  /** Over the first column. */
  head: string;
  columns: readonly { key: string; label: string }[];
  /** `key` stays the same in every language; `sum` repeats what the others add up to. */
  rows: readonly { key: string; label: string; values: readonly number[]; sum?: boolean }[];
}

export interface SheetSection {
  id: string;
  title: string;
  sentences: readonly string[];
  tables: readonly SheetTable[];
  /** What has to be known to read it right. */
  notes: readonly string[];
}

type Writer = (figures: Figures, language: Language) => SheetSection;

export const sheetOf = (figures: Figures, language: Language): SheetSection[] =>
  [cameras, homes, viewings, complaints, masks, wards].map((section) => section(figures, language));

const one = (language: Language) => [{ key: 'number', label: figuresWords[language].number }];

const cameras: Writer = ({ cameras: all, at }, language) => {
  const words = figuresWords[language].cameras;
  const n = (value: number) => numberOf(value, language);
  const live = all.shown + all.counted;
  const table = (id: string, caption: string, head: string, groups: readonly CameraGroup[]): SheetTable => ({
    ...{ id, caption, head, columns: one(language) },
    rows: [
      ...groups.map(({ kind, name, cameras: count }) => ({
        key: name ?? kind,
        label: name ?? words.kind[kind],
        values: [count],
      })),
      { key: 'total', label: words.total, values: [live], sum: true },
    ],
  });
  return {
    id: 'cameras',
    title: words.title,
    sentences: [
      words.live(n(live), n(all.shown), n(all.counted)),
      ...(all.planned > 0 ? [words.planned(n(all.planned))] : []),
      all.biometric > 0 ? words.biometric(n(all.biometric)) : words.noBiometric,
      ...(all.sound > 0 ? [words.sound(n(all.sound))] : []),
    ],
    tables: [
      table('cameras-by-purpose', words.purpose, words.purposeHead, all.byPurpose),
      table('cameras-by-owner', words.owner, words.ownerHead, all.byOwner),
    ],
    notes: [words.source(whenOf(at, language))],
  };
};

const homes: Writer = ({ homes: all, at }, language) => {
  const words = figuresWords[language].homes;
  const n = (value: number) => numberOf(value, language);
  const { detect, observe, recognise, identify } = all.byLevel;
  const columns = one(language);
  return {
    id: 'homes',
    title: words.title,
    sentences: [
      words.close(n(all.tooClose), n(detect + observe + recognise + identify), String(all.policyVersion)),
      all.bare > 0 ? words.bare(n(all.bare)) : words.noneBare,
      ...(all.unmeasured > 0 ? [words.unmeasured(n(all.unmeasured))] : []),
    ],
    tables: [
      {
        ...{ id: 'homes-too-close', caption: words.caption, head: words.head, columns },
        rows: [
          ...(['covered', 'dark', 'bare'] as const).map((key) => ({ key, label: words.row[key], values: [all[key]] })),
          { key: 'tooClose', label: words.row.tooClose, values: [all.tooClose], sum: true },
        ],
      },
      {
        ...{ id: 'homes-by-level', caption: words.levels, head: words.levelHead, columns },
        rows: (['identify', 'recognise', 'observe', 'detect'] as const).map((key) => ({
          key,
          label: words.level[key],
          values: [all.byLevel[key]],
        })),
      },
    ],
    notes: [words.why, words.source(whenOf(at, language))],
  };
};

const viewings: Writer = ({ record }, language) => {
  const words = figuresWords[language].viewings;
  const { hours, ...counts } = record.viewings;
  const { lifts, exports } = record;
  const values = { ...counts, lifts, exports };
  return {
    id: 'viewings',
    title: words.title,
    sentences: [
      ...(hours > 0 ? [words.hours(numberOf(hours, language))] : []),
      ...(lifts + exports === 0 ? [words.never] : []),
    ],
    tables: [
      {
        ...{ id: 'viewings', caption: words.caption, head: words.head, columns: one(language) },
        rows: (['opened', 'withCase', 'stills', 'refused', 'lifts', 'exports'] as const).map((key) => ({
          key,
          label: words.row[key],
          values: [values[key]],
        })),
      },
    ],
    notes: [words.who, words.source],
  };
};

const complaints: Writer = ({ record, cases }, language) => {
  const words = figuresWords[language].complaints;
  const n = (value: number) => numberOf(value, language);
  const { missed } = record;
  return {
    id: 'complaints',
    title: words.title,
    sentences: [
      cases.open > 0 ? words.open(n(cases.open), n(cases.late)) : words.noneOpen,
      ...(cases.oldestDays !== null ? [words.oldest(n(cases.oldestDays))] : []),
      ...(missed.total === 0 ? [words.noneMissed] : []),
      ...(cases.uncomputed > 0 ? [words.uncomputed(n(cases.uncomputed))] : []),
    ],
    tables: [
      flows(record, language),
      ...(cases.byStage.length > 0 ? [ages(cases.byStage, language)] : []),
      ...(missed.total > 0 ? [clocks(missed.byClock, language)] : []),
    ],
    notes: [...(missed.total > 0 ? [words.clockWhy] : []), words.source],
  };
};

function flows({ complaints: all, missed }: RecordFigures, language: Language): SheetTable {
  const words = figuresWords[language];
  const values = { ...all, missed: missed.total };
  const { caption, row } = words.complaints;
  return {
    ...{ id: 'complaints', caption, head: words.viewings.head, columns: one(language) },
    rows: (['received', 'joined', 'accepted', 'decided', 'appealed', 'withdrawn', 'missed'] as const).map((key) => ({
      key,
      label: row[key],
      values: [values[key]],
    })),
  };
}

function ages(byStage: Figures['cases']['byStage'], language: Language): SheetTable {
  const words = figuresWords[language].complaints;
  const columns = CASE_AGES.map((most, i) => {
    const before = CASE_AGES[i - 1] ?? -1;
    return most === null
      ? { key: `over-${before}-days`, label: words.older(String(before)) }
      : { key: `to-${most}-days`, label: words.age(String(before + 1), String(most)) };
  });
  return {
    ...{ id: 'cases-by-stage', caption: words.ages, head: words.stageHead, columns },
    rows: byStage.map(({ stage, byAge }) => ({ key: stage, label: words.stage[stage], values: byAge })),
  };
}

function clocks(byClock: RecordFigures['missed']['byClock'], language: Language): SheetTable {
  const words = figuresWords[language].complaints;
  return {
    ...{ id: 'dates-missed', caption: words.clocks, head: words.clockHead, columns: one(language) },
    rows: byClock.map(({ clock, name, dates }) => ({ key: clock, label: name[language], values: [dates] })),
  };
}

const masks: Writer = ({ record }, language) => {
  const words = figuresWords[language];
  const values = { ...record.masks, ...record.findings };
  const { title, caption, row } = words.masks;
  return {
    ...{ id: 'masks', title, sentences: [] },
    tables: [
      {
        ...{ id: 'masks', caption, head: words.viewings.head, columns: one(language) },
        rows: (['opened', 'enforced', 'closed', 'approved', 'rejected', 'expired'] as const).map((key) => ({
          key,
          label: row[key],
          values: [values[key]],
        })),
      },
    ],
    notes: [words.viewings.source],
  };
};

const wards: Writer = ({ wards: all }, language) => {
  const words = figuresWords[language].wards;
  const keys = ['live', 'tooClose', 'bare', 'viewings', 'received', 'missed'] as const;
  return {
    ...{ id: 'wards', title: words.title, sentences: [] },
    tables: [
      {
        ...{ id: 'wards', caption: words.caption, head: words.head },
        columns: keys.map((key) => ({ key, label: words.column[key] })),
        rows: all.map((ward) => ({
          key: ward.path,
          label: language === 'en' ? (ward.nameEn ?? ward.name) : ward.name,
          values: keys.map((key) => ward[key]),
        })),
      },
    ],
    notes: [words.why],
  };
};
