using System.Security.Authentication;

namespace SecurityToolchain.Runtime.Tls;

/// <summary>Mutual TLS cannot be set up or a peer was refused.</summary>
public sealed class MtlsException : AuthenticationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">The kind.</param>
    /// <param name="message">Names the file or the setting, the limit and the value.</param>
    /// <param name="innerException">The cause, or <see langword="null"/>.</param>
    public MtlsException(MtlsProblem problem, string message, Exception? innerException = null)
        : base(message, innerException) => Problem = problem;

    /// <summary>Creates the exception with a text only.</summary>
    /// <param name="message">Says what is wrong; holds no secret.</param>
    public MtlsException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a text and a cause.</summary>
    /// <param name="message">Says what is wrong; holds no secret.</param>
    /// <param name="innerException">The cause.</param>
    public MtlsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception without a text.</summary>
    public MtlsException()
    {
    }

    /// <summary>What is wrong.</summary>
    public MtlsProblem Problem { get; }
}
