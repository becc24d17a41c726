import { useEffect, useState } from 'preact/hooks';

/** Where we are: the parts of the path after #, decoded, and its query. */
export interface Place {
  parts: string[];
  query: URLSearchParams;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function read(): Place {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return { parts: path.split('/').filter(Boolean).map(decode), query: new URLSearchParams(query) };
}

/** A link to a place; every part is encoded, so no name can lead elsewhere. */
export const to = (...parts: string[]): string => '#/' + parts.map(encodeURIComponent).join('/');

export const go = (...parts: string[]): void => {
  location.hash = to(...parts);
};

export function usePlace(): Place {
  const [place, setPlace] = useState(read);
  useEffect(() => {
    const moved = () => setPlace(read());
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }, []);
  return place;
}
