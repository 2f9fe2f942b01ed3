import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useState, useEffect, useCallback, useRef, useSyncExternalStore, type RefObject } from 'react';
import { flushSync } from 'react-dom';

/** The width of an element in whole CSS pixels, 0 until it is laid out. */
export function useWidth(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => setWidth(Math.floor(element.clientWidth));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

/**
 * For a pane that opens beside a list, or below it where there is no room: there it comes into sight. What had the focus
 * before has it again when the pane is closed, or, where that is gone, the list.
 *
 * @param focused what in it has the focus then; nothing without it
 */
export function useOpenedPane(focused?: RefObject<HTMLElement | null>): RefObject<HTMLElement | null> {
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    const { current } = pane;
    if (current !== null && getComputedStyle(current).position === 'static') current.scrollIntoView({ block: 'start' });
    if (focused === undefined) return;
    const before = document.activeElement;
    focused.current?.focus({ preventScroll: true });
    return () => giveBackFocus(before);
  }, [focused]);
  return pane;
}

/** Once what had the focus is gone from the page, gives it to what had it before, or to the list that is shown. */
function giveBackFocus(before: Element | null): void {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return;
    const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
    if (isThere) before.focus({ preventScroll: true });
    else focusList();
  });
}

/** Gives the focus to the list that is shown. */
export function focusList(): void {
  const list = document.querySelector<HTMLElement>('[role=tabpanel] :is([role=region], [role=grid])');
  list?.focus({ preventScroll: true });
}

/** A window as narrow as a phone's, or one at twice its size: the style sheets have the same width. */
const PHONE = '(max-width: 720px)';

/** Whether the window is as narrow as a phone's. */
export function usePhone(): boolean {
  const subscribe = useCallback((changed: () => void) => {
    const query = matchMedia(PHONE);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  return useSyncExternalStore(subscribe, () => matchMedia(PHONE).matches);
}

/** Whether the page is being printed; rows out of sight have to be in the document by then. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  return printing;
}

/** What a printed page takes: a table of every row could be thousands of pages. */
const PRINTED_ROWS = 250;

export interface VirtualRows {
  /** The rows to have in the document, and the empty heights before and after them in CSS pixels. */
  places: number[];
  before: number;
  after: number;
  scrollTo: (place: number) => void;
}

/** Which of `count` rows of one height a scroller shows, under a sticky heading. */
export function useVirtualRows(
  count: number,
  height: number,
  scroller: RefObject<HTMLElement | null>,
  printing: boolean,
): VirtualRows {
  // oxlint-disable-next-line react/incompatible-library -- its functions change with every scroll: nothing here is memoised on them
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
    scrollPaddingStart: HEADING,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, height]);
  const scrollTo = useCallback((place: number) => virtualizer.scrollToIndex(place), [virtualizer]);

  if (printing) {
    return {
      places: Array.from({ length: Math.min(count, PRINTED_ROWS) }, (_, place) => place),
      before: 0,
      after: 0,
      scrollTo,
    };
  }
  const items = virtualizer.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const end = items.at(-1)?.end ?? 0;
  return {
    places: items.map((item) => item.index),
    before,
    after: Math.max(0, virtualizer.getTotalSize() - end),
    scrollTo,
  };
}

/** Height of the sticky heading, CSS pixels: rows scrolled to must not end up under it. */
const HEADING = 36;
