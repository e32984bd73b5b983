using System;

namespace SecurityToolchain.Analyzers.Taint.Model;

/// <summary>
/// Where a value comes from. A value may carry several kinds. The first three groups follow the threat models
/// (<see cref="ThreatModels"/>); the last group tells the origin of a value whatever the threat model is.
/// </summary>
[Flags]
internal enum SourceKinds : ulong
{
    /// <summary>No source.</summary>
    None = 0,

    /// <summary>Query, form, route or body of an HTTP request.</summary>
    RequestValue = 1UL << 0,

    /// <summary>A header of an HTTP request, the Host header and the client's address as forwarded by proxies included.</summary>
    RequestHeader = 1UL << 1,

    /// <summary>A cookie of an HTTP request.</summary>
    RequestCookie = 1UL << 2,

    /// <summary>The name that a client gave to an uploaded file.</summary>
    UploadedFileName = 1UL << 3,

    /// <summary>A parameter of a remotely callable method: SignalR hub, gRPC, WCF, functions.</summary>
    RemoteCall = 1UL << 4,

    /// <summary>Data of a connection that a remote side opened.</summary>
    RemoteConnection = 1UL << 5,

    /// <summary>The response of a remote server to a request of ours.</summary>
    RemoteResponse = 1UL << 6,

    /// <summary>A result that a browser's script gave back.</summary>
    ScriptInterop = 1UL << 7,

    /// <summary>The name of an archive's entry. Archives come from elsewhere in every threat model.</summary>
    ArchiveEntryName = 1UL << 8,

    /// <summary>The answer or tool call of a chat model.</summary>
    ChatModelOutput = 1UL << 9,

    /// <summary>A whole object that the framework filled from a request (model binding).</summary>
    BoundObject = 1UL << 10,

    /// <summary>Arguments of the process.</summary>
    CommandLine = 1UL << 16,

    /// <summary>Standard input.</summary>
    ConsoleInput = 1UL << 17,

    /// <summary>An environment variable.</summary>
    EnvironmentVariable = 1UL << 18,

    /// <summary>The content of a file.</summary>
    FileContent = 1UL << 19,

    /// <summary>A file name that came from listing a folder.</summary>
    FileName = 1UL << 20,

    /// <summary>A value of the Windows registry.</summary>
    RegistryValue = 1UL << 21,

    /// <summary>Data of a connection that the program itself opened.</summary>
    LocalConnection = 1UL << 22,

    /// <summary>Text that a user typed into a window or pasted.</summary>
    UserInterface = 1UL << 23,

    /// <summary>The output of a child process.</summary>
    ProcessOutput = 1UL << 24,

    /// <summary>A value of a configuration file.</summary>
    ConfigurationValue = 1UL << 25,

    /// <summary>A value read from a database.</summary>
    DatabaseValue = 1UL << 28,

    /// <summary>A message of a queue.</summary>
    QueueMessage = 1UL << 29,

    /// <summary>A value of a cache that other processes share.</summary>
    CacheValue = 1UL << 30,

    /// <summary>A generator that is not meant for security (System.Random). Passes through numbers.</summary>
    WeakRandom = 1UL << 32,

    /// <summary>A generator with a known seed. Passes through numbers.</summary>
    SeededRandom = 1UL << 33,

    /// <summary>The clock or an uptime counter. Passes through numbers.</summary>
    Clock = 1UL << 34,

    /// <summary>A GUID. Passes through numbers and bytes.</summary>
    GuidValue = 1UL << 35,

    /// <summary>A process, thread or object identity. Passes through numbers.</summary>
    ProcessIdentity = 1UL << 36,

    /// <summary>A counter or database identity. Passes through numbers.</summary>
    Counter = 1UL << 37,

    /// <summary>Text that is constant in the source.</summary>
    ConstantText = 1UL << 38,

    /// <summary>Bytes or numbers that are constant in the source. Passes through numbers.</summary>
    ConstantBytes = 1UL << 39,

    /// <summary>A new array that nothing has filled. Passes through numbers.</summary>
    ZeroBytes = 1UL << 40,

    /// <summary>The value of a static field, the same for every call.</summary>
    StaticField = 1UL << 41,

    /// <summary>Key material.</summary>
    KeyMaterial = 1UL << 42,

    /// <summary>A password, token or other secret while the program runs.</summary>
    SecretValue = 1UL << 43,

    /// <summary>Personal data.</summary>
    PersonalData = 1UL << 44,

    /// <summary>The text or stack of an exception.</summary>
    ExceptionDetail = 1UL << 45,

    /// <summary>A path that was not made canonical.</summary>
    UncheckedPath = 1UL << 46,

    /// <summary>Claims of a token whose signature was not checked.</summary>
    UnverifiedToken = 1UL << 47,

    /// <summary>A number from a request. Passes through numbers, unlike <see cref="RequestValue"/>.</summary>
    RemoteNumber = 1UL << 48,

    /// <summary>A number from a local source. Passes through numbers.</summary>
    LocalNumber = 1UL << 49,

    /// <summary>A cryptographic generator. Not a weakness: a value that has it too is not predictable. Passes through numbers.</summary>
    StrongRandom = 1UL << 50,

    /// <summary>A setting that lets an XML parser read what documents name. Passes through numbers.</summary>
    XmlSetting = 1UL << 51,

    /// <summary>Constant text that names a secret, such as the key under which a password is stored. Only the outline follows it.</summary>
    SecretName = 1UL << 52,

    /// <summary>For rows that users add; free for one meaning per product.</summary>
    Custom1 = 1UL << 60,

    /// <summary>For rows that users add.</summary>
    Custom2 = 1UL << 61,

    /// <summary>Everything a remote party controls (threat model <c>remote</c>).</summary>
    Remote = RequestValue | RequestHeader | RequestCookie | UploadedFileName | RemoteCall | RemoteConnection | RemoteResponse | ScriptInterop | BoundObject,

    /// <summary>Everything the user or machine that runs the program controls (threat model <c>local</c>).</summary>
    Local = CommandLine | ConsoleInput | EnvironmentVariable | FileContent | FileName | RegistryValue | LocalConnection | UserInterface | ProcessOutput | ConfigurationValue,

    /// <summary>Everything that was stored earlier (threat model <c>stored</c>).</summary>
    Stored = DatabaseValue | QueueMessage | CacheValue,

    /// <summary>Everything that an attacker may control in some threat model.</summary>
    Untrusted = Remote | Local | Stored,

    /// <summary>Kinds that numbers, enums, dates and GUIDs carry too; the others need text, bytes or objects.</summary>
    CarriedByNumbers = WeakRandom | SeededRandom | Clock | GuidValue | ProcessIdentity | Counter | ConstantBytes | ZeroBytes | StaticField | KeyMaterial
        | RemoteNumber | LocalNumber | StrongRandom | XmlSetting,

    /// <summary>Values that somebody else may guess or predict. They end where a value only goes into something, such as a request or a file.</summary>
    Guessable = WeakRandom | SeededRandom | Clock | GuidValue | ProcessIdentity | Counter,

    /// <summary>
    /// Kinds that an element does not get from its index: a character that a weak generator selects can be guessed, but what a loop reads one
    /// after the other is no counter.
    /// </summary>
    NotCarriedByIndexes = ~CarriedByNumbers | Counter | ConstantBytes | ZeroBytes | StaticField | KeyMaterial,

    /// <summary>Kinds that only the value itself has: they are lost where the value is mixed with another one, unless the rule says otherwise.</summary>
    Constants = ConstantText | ConstantBytes | ZeroBytes | StaticField,
}
