namespace SecurityToolchain.MsBuildTasks.Policy;

/// <summary>The policy file breaks its format.</summary>
public sealed class PolicyException : Exception
{
    /// <summary>Creates the exception without a place.</summary>
    public PolicyException()
    {
    }

    /// <summary>Creates the exception without a place.</summary>
    /// <param name="message">What is wrong, naming the member and the value.</param>
    public PolicyException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What is wrong, naming the member and the value.</param>
    /// <param name="innerException">The cause.</param>
    public PolicyException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="line">The 1-based line.</param>
    /// <param name="message">What is wrong, naming the member and the value.</param>
    public PolicyException(int line, string message)
        : base(message) => Line = line;

    /// <summary>The 1-based line, or 0 for the file as a whole.</summary>
    public int Line { get; }
}
