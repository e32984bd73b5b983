namespace SecurityToolchain.Runtime.Processes;

/// <summary>Why a command did not run to its end.</summary>
public enum CommandErrorKind
{
    /// <summary>An argument does not fit its schema.</summary>
    InvalidInput = 0,

    /// <summary>The policy has no command of that name.</summary>
    NotAllowed = 1,

    /// <summary>The program could not be started, or is not the one that the policy pins.</summary>
    ExecutionFailed = 2,

    /// <summary>The deadline passed; the program and all its children were killed.</summary>
    TimedOut = 3,

    /// <summary>The program wrote more than the limit; it and all its children were killed.</summary>
    OutputLimitExceeded = 4,
}
