// @ts-check
/** The one socket of a page: opens, opens again by itself, and carries requests that are answered. */
import { io } from '../vendor/socket.io.js';

/** Without an answer in this time the connection is taken for dead. */
const PATIENCE = 8000;
/** Those whom one cut has struck do not all come back in the same moment, but all within this time and what follows it. */
const SPREAD = 2000;
/** Nobody waits longer than this for the next try: then everybody is back soon after the server is. */
const LONGEST = 4000;

/** @typedef {'connecting' | 'live' | 'offline' | 'signed_out'} State */

/** The connection was lost before an answer came. Whether the request was done is not known. */
export class Lost extends Error {}

/** The server said no. */
export class Refused extends Error {
  /**
   * @param {string} code
   * @param {string} message In plain words, in the person's language.
   * @param {number} [retryAfter] Seconds until the same is taken.
   */
  constructor(code, message, retryAfter = 0) {
    super(message);
    this.code = code;
    /** Milliseconds until then. */
    this.wait = retryAfter * 1000;
  }
}

export class Connection extends EventTarget {
  /** @type {State} */
  state = 'connecting';
  /** @type {import('socket.io-client').Socket} */
  #socket;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #welcome;
  /** Whether this net lets sockets through. */
  #socketsPass = false;

  /** @param {string} person The key of the one whose page this is: nobody else's session may open the socket. */
  constructor(person) {
    super();
    this.#socket = io({
      autoConnect: false,
      auth: { person },
      // Some hospitals' networks block sockets.
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
      timeout: PATIENCE,
      // The first try comes after nothing to twice this, the next after nothing to four times, and so on.
      reconnectionDelay: SPREAD / 2,
      reconnectionDelayMax: LONGEST,
      randomizationFactor: 1,
    });
    this.#socket.on('connect', () => this.#connected());
    this.#socket.io.on('reconnect_attempt', (attempt) => this.#chooseWay(attempt));
    this.#socket.on('disconnect', (reason) => this.#lost(reason));
    this.#socket.on('connect_error', (problem) => this.#hindered(problem));
    this.#socket.io.on('open', () => this.#expectWelcome());
  }

  /** Open it, and keep it open. */
  open() {
    addEventListener('online', () => this.#hurry());
    addEventListener('offline', () => this.#restart());
    // A sleeping phone's socket is dead when it wakes up.
    addEventListener('pageshow', () => this.#hurry());
    addEventListener('focus', () => this.#hurry());
    this.#socket.connect();
  }

  /**
   * Ask, and wait for the answer. Throws Lost or Refused.
   * @param {string} event
   * @param {Record<string, unknown>} data
   * @returns {Promise<any>}
   */
  async request(event, data) {
    if (this.state !== 'live') throw new Lost();
    let reply;
    try {
      reply = await this.#socket.timeout(PATIENCE).emitWithAck(event, data);
    } catch {
      if (this.#socket.connected) this.#restart();
      throw new Lost();
    }
    if (!reply?.error) return reply?.ok;
    if (reply.error.code === 'sign_in_needed') this.#turn('signed_out');
    throw new Refused(reply.error.code, reply.error.message, reply.error.retry_after);
  }

  /**
   * Tell, without waiting; not kept if nobody hears it now.
   * @param {string} event
   * @param {Record<string, unknown>} data
   */
  tell(event, data) {
    if (this.state === 'live') this.#socket.volatile.emit(event, data);
  }

  /**
   * Hear what the server tells.
   * @param {string} event
   * @param {(data: any) => void} listener
   */
  hear(event, listener) {
    this.#socket.on(event, listener);
  }

  /**
   * Hear of every change of state.
   * @param {(state: State) => void} listener
   */
  onState(listener) {
    this.addEventListener('state', () => listener(this.state));
  }

  /** Connect now instead of when the pause is over. */
  #hurry() {
    if (!this.#socket.connected && this.state !== 'signed_out') this.#restart();
  }

  #restart() {
    this.#socket.disconnect();
    this.#socket.connect();
  }

  /** A server that opens the line and says nothing on it will not be waited for. */
  #expectWelcome() {
    clearTimeout(this.#welcome);
    this.#welcome = setTimeout(() => this.#hurry(), PATIENCE);
  }

  #connected() {
    const { engine } = this.#socket.io;
    const noted = () => {
      this.#socketsPass ||= engine.transport.name === 'websocket';
    };
    noted();
    engine.once('upgrade', noted);
    this.#turn('live');
  }

  /**
   * A net that swallows sockets instead of refusing them is got round by asking again and again over plain requests. Where
   * sockets have come through before, that is tried now and then: somebody may have gone to another net.
   * @param {number} attempt
   */
  #chooseWay(attempt) {
    const around = this.#socketsPass ? attempt % 3 === 0 : attempt % 2 === 1;
    this.#socket.io.opts.transports = around ? ['polling', 'websocket'] : ['websocket', 'polling'];
  }

  /** @param {string} reason */
  #lost(reason) {
    this.#turn('offline');
    // The server closed it on purpose, for everybody at once: the library would leave it at that.
    if (reason === 'io server disconnect') setTimeout(() => this.#hurry(), SPREAD * Math.random());
  }

  /** @param {Error} problem */
  #hindered(problem) {
    this.#turn(problem.message === 'sign_in_needed' ? 'signed_out' : 'offline');
    // Refused by the server and not by the net: the library would leave it at that.
    if (!this.#socket.active && this.state === 'offline') setTimeout(() => this.#hurry(), PATIENCE * (0.5 + Math.random()));
  }

  /** @param {State} state */
  #turn(state) {
    // Who is signed out signs in on another page; until then nothing is tried.
    if (state === this.state || this.state === 'signed_out') return;
    this.state = state;
    if (state === 'signed_out') this.#socket.disconnect();
    this.dispatchEvent(new Event('state'));
  }
}
