"""Settings. The only place that reads the environment."""

from collections.abc import Mapping
from os import environ
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec
from msgspec import Meta, Struct

from dialogs.sentences import N_
from server.startup_error import StartupError

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names of the machine itself: browsers treat them as safe without TLS, and nothing outside it reaches them."""


def _per_minute(what: str, example: int) -> Meta:
    return Meta(ge=1, le=1_000_000, description=what, examples=[example])


class Settings(Struct, frozen=True, kw_only=True):
    """What can be set, with its default, its help and an example. A field's name in capitals is the variable's name."""

    host: Annotated[str, Meta(min_length=1, description="Address to listen on.", examples=["0.0.0.0"])] = "127.0.0.1"  # noqa: S104 - an example
    port: Annotated[int, Meta(ge=1, le=65535, description="Port to listen on.", examples=[8080])] = 8080
    public_url: Annotated[
        str,
        Meta(
            pattern=r"^(https?://[^/\s?#@]+)?$",
            description="What people write in the browser. Empty: `http://localhost:PORT`. Others need `https`.",
            examples=["https://synpunkter.example.se"],
        ),
    ] = ""
    service_name: Annotated[
        str, Meta(min_length=1, description="What the service is called.", examples=["Synpunkter på vården"])
    ] = N_("Synpunkter på vården")
    region: Annotated[
        str,
        Meta(min_length=1, description="Code, in the directory, of the region that answers for it.", examples=["99"]),
    ] = "99"
    database: Annotated[
        Path, Meta(description="The database: a file (SQLite).", examples=["/srv/gensvar/gensvar.db"])
    ] = Path("var/gensvar.db")
    database_url: Annotated[
        str,
        Meta(
            pattern=r"^(postgres(ql)?://\S+)?$",
            description="The database: PostgreSQL, instead of the file. Then several processes can serve.",
            examples=["postgresql://gensvar:secret@db.example.se/gensvar"],
        ),
    ] = ""
    redis_url: Annotated[
        str,
        Meta(
            pattern=r"^(rediss?://\S+)?$",
            description="Redis, by which processes tell each other what is new. Only with `DATABASE_URL`.",
            examples=["redis://redis.example.se:6379/0"],
        ),
    ] = ""
    files: Annotated[Path, Meta(description="Folder of attachments.", examples=["/srv/gensvar/files"])] = Path(
        "var/files"
    )
    s3_bucket: Annotated[
        str,
        Meta(
            pattern=r"^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?$",
            description="Bucket of attachments, instead of the folder: any store that speaks S3.",
            examples=["gensvar"],
        ),
    ] = ""
    s3_endpoint: Annotated[
        str,
        Meta(
            pattern=r"^(https?://\S+)?$",
            description="Address of that store. Empty: the one of `S3_REGION` at AWS.",
            examples=["https://s3.example.se"],
        ),
    ] = ""
    s3_region: Annotated[str, Meta(description="Region of that store.", examples=["eu-north-1"])] = "us-east-1"
    s3_key: Annotated[str, Meta(description="Who the service is there.", examples=["gensvar"])] = ""
    s3_secret: Annotated[str, Meta(description="Its secret there.", examples=["8c1e…"])] = ""
    scanner: Annotated[
        str,
        Meta(
            pattern=r"^(tcp://[^\s/]+:\d+|unix:///\S+)?$",
            description="ClamAV's `clamd`: a file that it has not looked through is not taken. Empty: no scan.",
            examples=["unix:///run/clamav/clamd.ctl"],
        ),
    ] = ""
    file_mb: Annotated[
        int,
        Meta(
            ge=1,
            le=1024,
            description="Largest file, in MB; less than `MAX_UPLOAD_MB`, and than what proxy and scanner let through.",
            examples=[25],
        ),
    ] = 25
    draft_files: Annotated[int, Meta(ge=1, le=50, description="Files in the guided chat.", examples=[10])] = 10
    draft_mb: Annotated[
        int, Meta(ge=1, le=10240, description="Files in the guided chat together, in MB.", examples=[50])
    ] = 50
    case_files: Annotated[int, Meta(ge=1, le=1000, description="Files in a case.", examples=[50])] = 50
    case_mb: Annotated[int, Meta(ge=1, le=102400, description="Files in a case together, in MB.", examples=[250])] = 250
    person_day_mb: Annotated[
        int, Meta(ge=1, le=102400, description="What one person may send in files in a day, in MB.", examples=[500])
    ] = 500
    person_uploads: Annotated[
        int, Meta(ge=1, le=1000, description="Uploads that one person may have begun and not ended.", examples=[20])
    ] = 20
    unknown_day_mb: Annotated[
        int,
        Meta(
            ge=1,
            le=1_000_000,
            description="What may come in files in a day from one address where nobody is signed in, in MB.",
            examples=[500],
        ),
    ] = 500
    unknown_files_mb: Annotated[
        int,
        Meta(
            ge=1,
            le=100_000_000,
            description="Files in all drafts together that nobody has signed in to, in MB.",
            examples=[10000],
        ),
    ] = 10_000
    free_mb: Annotated[
        int,
        Meta(
            ge=0,
            le=100_000_000,
            description="Room that must be left on the disk, in MB: with less no files are taken, only words.",
            examples=[1000],
        ),
    ] = 500
    upload_hours: Annotated[
        int, Meta(ge=1, le=168, description="Hours that a begun upload waits for its rest.", examples=[24])
    ] = 24
    directory: Annotated[
        Path,
        Meta(
            description="File of regions, care providers, units and boards that a database begins with.",
            examples=["/srv/gensvar/directory.json"],
        ),
    ] = Path("inbox/directory/data/mittland.json")
    secret: Annotated[
        str,
        Meta(
            pattern="^(.{32,})?$",
            description="Signs the tokens of forms; 32 characters or more. On this very machine one is made and kept.",
            examples=["5b0f…, from: openssl rand -hex 32"],
        ),
    ] = ""
    keys: Annotated[
        str,
        Meta(
            description="File of the keys that personal details are encrypted with, apart from the database and its "
            "backups. With a database file, on this very machine, one is made and kept beside it.",
            examples=["/etc/gensvar/keys"],
        ),
    ] = ""
    heads: Annotated[
        str,
        Meta(
            description="File to which the newest seals of what has happened are added, signed. Best where whoever "
            "writes the database cannot write. Left out it lies beside the database file.",
            examples=["/var/log/gensvar/heads"],
        ),
    ] = ""
    dev_sign_in: Annotated[
        Literal["auto", "yes", "no", "proxied"],
        Meta(
            description="Sign-in by picking a sample person. `auto`: only when others cannot reach the service, and "
            "never for what comes through a proxy; `yes` refuses to start when they can; `proxied`: the same also "
            "through a proxy, which nobody but this very machine may reach.",
            examples=["no"],
        ),
    ] = "auto"
    providers: Annotated[
        str,
        Meta(
            description="File of those who vouch for people by OpenID Connect: BankID, Freja, SITHS through a broker "
            "([what is in it](auth/oidc/README.md)). Empty: nobody does.",
            examples=["/etc/gensvar/providers.toml"],
        ),
    ] = ""
    goal_days: Annotated[
        int,
        Meta(
            ge=1,
            le=365,
            description="Days until the goal date of an answer, where a region says nothing else. Not a limit.",
            examples=[28],
        ),
    ] = 28
    reply_window_days: Annotated[
        int,
        Meta(
            ge=1, le=365, description="Days to ask on after an answer, where a region says nothing else.", examples=[30]
        ),
    ] = 30
    draft_days: Annotated[
        int, Meta(ge=1, le=365, description="Days until a draft that nobody touches is removed.", examples=[30])
    ] = 30
    drafts_per_holder: Annotated[
        int,
        Meta(
            ge=1,
            le=1000,
            description="Drafts that one person, or a browser where nobody is signed in, has begun and not sent.",
            examples=[50],
        ),
    ] = 50
    citizen_idle_minutes: Annotated[
        int, Meta(ge=1, le=1440, description="Minutes of rest after which a citizen is signed out.", examples=[60])
    ] = 60
    staff_idle_minutes: Annotated[
        int, Meta(ge=1, le=1440, description="Minutes of rest after which staff are signed out.", examples=[30])
    ] = 30
    session_hours: Annotated[
        int, Meta(ge=1, le=24, description="Hours after which everybody signs in anew.", examples=[10])
    ] = 10
    max_body_kb: Annotated[
        int, Meta(ge=16, le=65536, description="Largest form or API request, in kB.", examples=[256])
    ] = 256
    max_upload_mb: Annotated[
        int, Meta(ge=1, le=1024, description="Largest request that carries files, in MB.", examples=[60])
    ] = 60
    socket_backlog_kb: Annotated[
        int,
        Meta(
            ge=300, le=65536, description="What may wait for one socket, in kB; beyond that it is cut.", examples=[1024]
        ),
    ] = 1024
    socket_patience_seconds: Annotated[
        int, Meta(ge=1, le=120, description="Seconds in which a socket has to say who it is.", examples=[10])
    ] = 10
    sockets_per_person: Annotated[
        int, Meta(ge=1, le=10000, description="Sockets that one person may have open.", examples=[40])
    ] = 40
    unknown_sockets: Annotated[
        int, Meta(ge=1, le=10000, description="Sockets at which nobody is signed in, in all.", examples=[200])
    ] = 200
    unknown_sockets_per_address: Annotated[
        int, Meta(ge=1, le=10000, description="Sockets at which nobody is signed in, from one address.", examples=[50])
    ] = 50
    unknown_bodies_per_address: Annotated[
        int,
        Meta(
            ge=1,
            le=10000,
            description="Requests under way that carry something, where nobody is signed in, from one address.",
            examples=[100],
        ),
    ] = 50
    body_silence_seconds: Annotated[
        int,
        Meta(ge=1, le=600, description="Seconds without a byte after which a request is given up.", examples=[20]),
    ] = 20
    body_seconds: Annotated[
        int,
        Meta(
            ge=1,
            le=3600,
            description="Seconds that a form or API request may take to arrive, and one with files that hardly comes.",
            examples=[60],
        ),
    ] = 60
    upload_minutes: Annotated[
        int, Meta(ge=1, le=1440, description="Minutes that a request with files may take to arrive.", examples=[30])
    ] = 30
    max_frame_kb: Annotated[
        int, Meta(ge=16, le=4096, description="Largest frame on a socket, in kB.", examples=[64])
    ] = 64
    # A sender is a person, or where nobody is signed in an address (an IPv6 network of 56 bits).
    commands_per_minute: Annotated[
        int, _per_minute("Commands of one person in a minute: whatever changes a case.", 300)
    ] = 300
    typing_per_minute: Annotated[int, _per_minute("Signs of one person in a minute that they are typing.", 240)] = 240
    sockets_per_minute: Annotated[int, _per_minute("Sockets that one sender opens in a minute.", 240)] = 240
    looks_per_minute: Annotated[
        int,
        _per_minute(
            "Openings of cases and lists by one person in a minute: pages, their parts, files, what a live thread asks "
            "for, and that it was read.",
            1200,
        ),
    ] = 600
    uploads_per_minute: Annotated[int, _per_minute("Files that one sender begins to send in a minute.", 120)] = 120
    drafts_per_minute: Annotated[int, _per_minute("Drafts that one sender begins in a minute.", 60)] = 60
    answers_per_minute: Annotated[int, _per_minute("Answers of one sender in the guided chat in a minute.", 600)] = 600
    searches_per_minute: Annotated[int, _per_minute("Searches of one sender for units in a minute.", 1200)] = 1200
    sign_ins_per_minute: Annotated[int, _per_minute("Tries of one sender to sign in in a minute.", 120)] = 120
    codes_per_minute: Annotated[int, _per_minute("Receipt codes that one sender tries in a minute.", 60)] = 5
    unknown_codes_per_minute: Annotated[int, _per_minute("Receipt codes that all together try in a minute.", 3000)] = (
        600
    )
    unknown_uploads_per_minute: Annotated[
        int, _per_minute("Files that all who are not signed in begin to send in a minute.", 600)
    ] = 600
    unknown_drafts_per_minute: Annotated[
        int, _per_minute("Drafts that all who are not signed in begin in a minute.", 600)
    ] = 600
    unknown_answers_per_minute: Annotated[
        int, _per_minute("Answers in the guided chat in a minute by all who are not signed in.", 12000)
    ] = 12000
    unknown_searches_per_minute: Annotated[
        int, _per_minute("Searches for units in a minute by all who are not signed in.", 24000)
    ] = 24000
    unknown_sign_ins_per_minute: Annotated[int, _per_minute("Tries to sign in in a minute, by all together.", 3000)] = (
        3000
    )
    proxies: Annotated[
        int,
        Meta(
            ge=0,
            le=5,
            description="Proxies of our own before the service, each of which adds whom it heard to `X-Forwarded-For`. "
            "Only then are senders told apart by it.",
            examples=[1],
        ),
    ] = 0
    drain_seconds: Annotated[
        int,
        Meta(
            ge=0,
            le=300,
            description="Seconds of serving on when told to stop, while `/health/ready` says no: for proxies that ask.",
            examples=[10],
        ),
    ] = 0
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], Meta(description="How much is logged.", examples=["info"])
    ] = "info"
    log_format: Annotated[
        Literal["json", "text"], Meta(description="One JSON object a line, or text to read.", examples=["json"])
    ] = "text"

    @property
    def public_address(self) -> str:
        """Where people find the service, without a slash at the end."""
        return self.public_url or f"http://localhost:{self.port}"

    @property
    def local(self) -> bool:
        """Whether only this very machine can reach it by its public address."""
        return urlsplit(self.public_address).hostname in LOOPBACK

    @property
    def alone(self) -> bool:
        """Whether nobody outside this very machine reaches the service: neither by its public address nor at its port.

        Other addresses of the machine count as reachable, `127.0.0.2` among them: what listens there was put there
        for somebody. A request says for itself which host it is for, so only where we listen can be believed.
        """
        return self.local and self.host in LOOPBACK

    @property
    def sample_sign_in(self) -> bool:
        """Whether one may sign in by picking a sample person. Never where others can reach the service."""
        return self.dev_sign_in != "no" and self.alone and (self.sample_proxied or not self.proxies)

    @property
    def sample_proxied(self) -> bool:
        """Whether one may do so through a proxy too: only where the operator says that nobody else reaches that."""
        return self.dev_sign_in == "proxied"

    @property
    def key_file(self) -> Path:
        """The file of keys."""
        return Path(self.keys) if self.keys else self.kept / "keys"

    @property
    def heads_file(self) -> Path:
        """The file of the newest seals."""
        return Path(self.heads) if self.heads else self.kept / "heads"

    @property
    def kept(self) -> Path:
        """The folder of what the service makes for itself: the secret, compressed assets."""
        return self.database.parent


class WrongSetting(StartupError):
    """A setting cannot be used. Says which, why, and gives an example; never what it was."""

    def __init__(self, name: str, why: str) -> None:
        example = example_of(name.lower())
        super().__init__(f"{name} is wrong: {why} For example {name}={example}")
        self.name = name


def from_surroundings(file: Path = Path(".env")) -> Settings:
    """The settings from the environment and, for what is not there, from a file of lines `NAME=value`."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    pairs = (line.partition("=") for line in lines if "=" in line and not line.lstrip().startswith("#"))
    written = {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}
    return load({**written, **environ})


def load(variables: Mapping[str, str]) -> Settings:
    """The settings. Raises WrongSetting."""
    given = {name: variables[name.upper()] for name in Settings.__struct_fields__ if variables.get(name.upper())}
    try:
        settings = msgspec.convert(given, Settings, strict=False, dec_hook=_path)
    except msgspec.ValidationError as problem:
        what, _, where = str(problem).partition(" - at `$.")
        raise WrongSetting(where.rstrip("`").upper(), f"{what}.") from None
    _fits_together(settings)
    return settings


SENDER = "a sender: a person, else an address"
UNKNOWN = "all who are not signed in"
LIMITS: dict[str, tuple[str, ...]] = {
    "a request": (
        "MAX_BODY_KB",
        "MAX_UPLOAD_MB",
        "BODY_SILENCE_SECONDS",
        "BODY_SECONDS",
        "UPLOAD_MINUTES",
    ),
    "a socket": ("MAX_FRAME_KB", "SOCKET_BACKLOG_KB", "SOCKET_PATIENCE_SECONDS"),
    "a file": ("FILE_MB", "UPLOAD_HOURS"),
    "a draft": ("DRAFT_FILES", "DRAFT_MB", "DRAFT_DAYS"),
    "a case": ("CASE_FILES", "CASE_MB"),
    "a person": (
        "COMMANDS_PER_MINUTE",
        "TYPING_PER_MINUTE",
        "LOOKS_PER_MINUTE",
        "SOCKETS_PER_PERSON",
        "PERSON_DAY_MB",
        "PERSON_UPLOADS",
        "DRAFTS_PER_HOLDER",
    ),
    "a session": ("CITIZEN_IDLE_MINUTES", "STAFF_IDLE_MINUTES", "SESSION_HOURS"),
    SENDER: (
        "SIGN_INS_PER_MINUTE",
        "CODES_PER_MINUTE",
        "SOCKETS_PER_MINUTE",
        "UPLOADS_PER_MINUTE",
        "DRAFTS_PER_MINUTE",
        "ANSWERS_PER_MINUTE",
        "SEARCHES_PER_MINUTE",
    ),
    "an address, nobody signed in": ("UNKNOWN_SOCKETS_PER_ADDRESS", "UNKNOWN_BODIES_PER_ADDRESS", "UNKNOWN_DAY_MB"),
    UNKNOWN: (
        "UNKNOWN_SOCKETS",
        "UNKNOWN_FILES_MB",
        "UNKNOWN_SIGN_INS_PER_MINUTE",
        "UNKNOWN_CODES_PER_MINUTE",
        "UNKNOWN_UPLOADS_PER_MINUTE",
        "UNKNOWN_DRAFTS_PER_MINUTE",
        "UNKNOWN_ANSWERS_PER_MINUTE",
        "UNKNOWN_SEARCHES_PER_MINUTE",
    ),
    "everybody": ("FREE_MB",),
}
"""The settings that are limits, by whom they hold for. A number is one of these, or one of the next."""
NO_LIMITS = frozenset({"PORT", "GOAL_DAYS", "REPLY_WINDOW_DAYS", "PROXIES", "DRAIN_SECONDS"})
"""Settings that are numbers, and nobody meets."""


def described() -> list[tuple[str, str, object, str]]:
    """Every setting: its name, its help, its default and an example."""
    return [
        (name.upper(), _meta(name).description or "", getattr(Settings(), name), example_of(name))
        for name in Settings.__struct_fields__
    ]


def example_of(field: str) -> str:
    """An example of a setting's value."""
    return str((_meta(field).examples or [""])[0])


def _fits_together(settings: Settings) -> None:
    """What no field can tell alone."""
    if not settings.local and not settings.public_address.startswith("https://"):
        raise WrongSetting("PUBLIC_URL", "people's cookies need https.")
    if not settings.local and not settings.secret:
        raise WrongSetting("SECRET", "it is needed when others than this very machine can reach the service.")
    if settings.dev_sign_in in {"yes", "proxied"} and not settings.sample_sign_in:
        raise WrongSetting(
            "DEV_SIGN_IN",
            "anybody could sign in as anybody, since others can reach the service (HOST, PUBLIC_URL or PROXIES).",
        )
    if settings.redis_url and not settings.database_url:
        raise WrongSetting("REDIS_URL", "there is only one process with a database file. Set DATABASE_URL too.")
    if settings.s3_bucket and not (settings.s3_key and settings.s3_secret):
        raise WrongSetting("S3_KEY", "S3_KEY and S3_SECRET are needed with S3_BUCKET.")
    if settings.file_mb >= settings.max_upload_mb:
        raise WrongSetting("MAX_UPLOAD_MB", f"it must be more than FILE_MB, which is {settings.file_mb}.")
    if not settings.directory.is_file():
        raise WrongSetting("DIRECTORY", "there is no such file.")
    if not settings.keys and (settings.database_url or not settings.local):
        raise WrongSetting("KEYS", "personal details need keys that lie apart: `python -m server keys add` makes some.")


def _meta(field: str) -> Meta:
    annotation: Any = Settings.__annotations__[field]
    meta: Meta = annotation.__metadata__[0]
    return meta


def _path(kind: type, value: object) -> object:
    return kind(value)
