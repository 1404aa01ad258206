/** The package ships no types: a pair of old-style streams behind one duplex. */
declare module 'unbzip2-stream' {
  export default function unbzip2Stream(): NodeJS.ReadWriteStream & NodeJS.EventEmitter;
}
