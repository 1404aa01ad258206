/** The tests read English where a study names no language: faults, and what the built command tells. */
import { useFaultWords } from '../src/common/errors.ts';
import { wordFaultIn } from '../src/words/word-fault.ts';

useFaultWords((code, parameters) => wordFaultIn('en', code, parameters));
process.env['LC_ALL'] = 'en_GB.UTF-8';
