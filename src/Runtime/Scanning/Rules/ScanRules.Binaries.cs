using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Rules;

public static partial class ScanRules
{
    /// <summary>STC8020: writable and executable.</summary>
    public static RuleMetadata WritableExecutableSection { get; } = Rule(
        "STC8020", "writable-executable-section", "Memory that is writable and executable", FindingSeverity.Warning, [119],
        "A section or segment is mapped writable and executable, so an overwrite becomes code. Packers need it too.",
        "Link without it; a linker only does it when it is told to.", "BA2021");

    /// <summary>STC8021: no NX.</summary>
    public static RuleMetadata MissingNx { get; } = Rule(
        "STC8021", "missing-nx", "Data and stack may be executed", FindingSeverity.Warning, [119],
        "The program does not declare that its data is not code: /NXCOMPAT is missing, or the stack segment is executable.",
        "Link with /NXCOMPAT, or with -z noexecstack.", "BA2016", "BA3002");

    /// <summary>STC8022: no address-space layout randomisation.</summary>
    public static RuleMetadata MissingAslr { get; } = Rule(
        "STC8022", "missing-aslr", "Program is loaded at a fixed address", FindingSeverity.Warning, [119],
        "The image cannot be moved in memory: /DYNAMICBASE or relocations are missing, or an executable is not position independent.",
        "Link with /DYNAMICBASE, or with -pie.", "BA2009", "BA3001");

    /// <summary>STC8023: 64-bit image without high entropy.</summary>
    public static RuleMetadata LowEntropyAslr { get; } = Rule(
        "STC8023", "low-entropy-aslr", "64-bit program does not use the whole address space", FindingSeverity.Note, [119],
        "The image does not declare /HIGHENTROPYVA, so it is loaded in the low 4 GiB region with few random bits.",
        "Link with /HIGHENTROPYVA.", "BA2015");

    /// <summary>STC8024: no control flow guard.</summary>
    public static RuleMetadata MissingControlFlowGuard { get; } = Rule(
        "STC8024", "missing-control-flow-guard", "Native code without control flow guard", FindingSeverity.Note, [691],
        "The image does not declare /guard:cf, so indirect calls may go anywhere.", "Compile and link with /guard:cf.", "BA2008");

    /// <summary>STC8025: no shadow stack.</summary>
    public static RuleMetadata MissingShadowStack { get; } = Rule(
        "STC8025", "missing-shadow-stack", "Native code without shadow stack support", FindingSeverity.Note, [691],
        "The image does not declare /CETCOMPAT (or the ELF note for SHSTK), so return addresses are not checked by the processor.", "Link with /CETCOMPAT, or compile with -fcf-protection.", "BA2025");

    /// <summary>STC8026: no stack cookies.</summary>
    public static RuleMetadata MissingStackProtector { get; } = Rule(
        "STC8026", "missing-stack-protector", "Native code without stack cookies", FindingSeverity.Note, [121],
        "No stack cookie (/GS) or no use of __stack_chk_fail was found, so a stack overflow is not noticed.", "Compile with /GS, or with -fstack-protector-strong.", "BA2011", "BA3003");

    /// <summary>STC8027: RELRO.</summary>
    public static RuleMetadata MissingRelro { get; } = Rule(
        "STC8027", "missing-relro", "Relocation tables stay writable", FindingSeverity.Note, [123],
        "The GNU_RELRO segment is missing, so the tables of function pointers stay writable.", "Link with -z relro.", "BA3010");

    /// <summary>STC8028: BIND_NOW.</summary>
    public static RuleMetadata MissingBindNow { get; } = Rule(
        "STC8028", "missing-bind-now", "Functions are bound lazily", FindingSeverity.Note, [123],
        "Without BIND_NOW the procedure linkage table stays writable while the program runs.", "Link with -z now.", "BA3011");

    /// <summary>STC8029: FORTIFY.</summary>
    public static RuleMetadata MissingFortify { get; } = Rule(
        "STC8029", "missing-fortify", "Checked library functions are not used", FindingSeverity.Note, [120],
        "The program calls functions that have checked forms, and none of the checked forms.", "Compile with -O2 -D_FORTIFY_SOURCE=3.", "BA3030");

    /// <summary>STC8030: the signature does not fit the content.</summary>
    public static RuleMetadata TamperedSignature { get; } = Rule(
        "STC8030", "tampered-signature", "Signature does not match the content", FindingSeverity.Error, [345, 347],
        "The Authenticode or Mach-O signature was recomputed offline: a digest in it is not that of the file, or the signature itself is wrong.",
        "Do not use the file; get it again from its publisher.", "BA2022");

    /// <summary>STC8031: a run path that others can write.</summary>
    public static RuleMetadata InsecureRunPath { get; } = Rule(
        "STC8031", "insecure-run-path", "Libraries are searched in a directory that others may write", FindingSeverity.Warning, [426, 427],
        "RPATH or RUNPATH has an empty, relative or world-writable directory.", "Use $ORIGIN or an absolute directory of the system.");

    /// <summary>STC8032: code that looks packed.</summary>
    public static RuleMetadata PackedCode { get; } = Rule(
        "STC8032", "packed-code", "Code looks compressed or encrypted", FindingSeverity.Warning, [506],
        "An executable section has almost the entropy of random bytes, which compiled code never has.", "Find out which packer was used, and why.");

    /// <summary>STC8033: headers that contradict each other.</summary>
    public static RuleMetadata AnomalousHeader { get; } = Rule(
        "STC8033", "anomalous-header", "Executable has contradictory headers", FindingSeverity.Warning, [436],
        "A header field of the executable points outside the file or contradicts another one, which linkers do not produce.", "Find out what rewrote the file.");

    /// <summary>STC8034: built from other sources.</summary>
    public static RuleMetadata SourceMismatch { get; } = Rule(
        "STC8034", "source-mismatch", "Program was not built from this working tree", FindingSeverity.Warning, [353],
        "The debug data of the program records the hash of each source file, and the working tree has another content or no such file. Asked for with inspect --sources.",
        "Build the program again from the tree, or find out what changed.");

    /// <summary>STC8035: a signer that no anchor vouches for.</summary>
    public static RuleMetadata UntrustedSigner { get; } = Rule(
        "STC8035", "untrusted-signer", "Signer of the program is not trusted", FindingSeverity.Warning, [295, 347],
        "The signature fits the file, and the certificates behind it do not lead to a trusted root, were not valid at the time of signing, or are not for signing code. Asked for with inspect --trust.",
        "Get the file from its publisher, or add the publisher's root to the trusted ones.");

    /// <summary>STC1001 in compiled code.</summary>
    public static RuleMetadata SqlConcatenation { get; } = Rule(
        "STC1001", "sql-injection", "SQL text is put together from variables", FindingSeverity.Warning, [89],
        "Compiled code joins strings that are not constant and hands the result to a database.", "Use parameters.");

    /// <summary>STC1003 in compiled code.</summary>
    public static RuleMetadata CommandConcatenation { get; } = Rule(
        "STC1003", "command-injection", "Command line is put together from variables", FindingSeverity.Note, [78, 88],
        "Compiled code joins strings that are not constant and starts a process with the result.", "Use ProcessStartInfo.ArgumentList.");

    /// <summary>STC1101: a deserializer that makes any type.</summary>
    public static RuleMetadata DangerousDeserializer { get; } = Rule(
        "STC1101", "dangerous-deserializer", "Deserializer that creates any type", FindingSeverity.Warning, [502],
        "BinaryFormatter and its kin create whatever type the data names, which is code execution for whoever writes the data.", "Use System.Text.Json with known types.");

    /// <summary>STC2001: weak hash.</summary>
    public static RuleMetadata WeakHash { get; } = Rule(
        "STC2001", "weak-hash", "Weak hash algorithm", FindingSeverity.Note, [328],
        "MD5 or SHA-1 is computed; neither is collision resistant. Harmless for cache keys and protocols that fix them.", "Use SHA-256 or stronger.");

    /// <summary>STC2002: weak cipher.</summary>
    public static RuleMetadata WeakCipher { get; } = Rule(
        "STC2002", "weak-or-custom-cipher", "Weak cipher", FindingSeverity.Warning, [327],
        "DES, Triple DES or RC2 is used.", "Use AES-GCM.");

    /// <summary>STC2003: the ECB mode.</summary>
    public static RuleMetadata InsecureCipherMode { get; } = Rule(
        "STC2003", "insecure-cipher-mode", "Cipher mode shows the plaintext", FindingSeverity.Warning, [327],
        "The ECB mode encrypts equal blocks to equal blocks, so patterns of the plaintext stay visible.", "Use AES-GCM.");

    /// <summary>STC2005: a nonce that is always the same.</summary>
    public static RuleMetadata StaticNonce { get; } = Rule(
        "STC2005", "static-iv-or-nonce", "Initialisation vector or nonce is not fresh", FindingSeverity.Warning, [329, 323],
        "Zeros, or bytes that stand in the program, are given to an encryption as initialisation vector or nonce.", "Fill it with RandomNumberGenerator for each message.");

    /// <summary>STC2008: predictable random numbers for a secret.</summary>
    public static RuleMetadata InsecureRandom { get; } = Rule(
        "STC2008", "insecure-random", "Secret from predictable random numbers", FindingSeverity.Warning, [338],
        "Output of System.Random becomes a key, a nonce, or a value whose name says that it is a secret.", "Use RandomNumberGenerator.");

    /// <summary>STC2101: certificates are not checked.</summary>
    public static RuleMetadata CertificateValidationDisabled { get; } = Rule(
        "STC2101", "certificate-validation-disabled", "Certificate validation is disabled", FindingSeverity.Error, [295],
        "A validation callback accepts every certificate, so anyone on the way can read and change the traffic.", "Remove the callback, or pin the certificate in it.");
}
