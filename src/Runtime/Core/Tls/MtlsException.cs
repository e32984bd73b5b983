using System.Security.Authentication;

namespace SecurityToolchain.Runtime.Tls;

/// <summary>Mutual TLS cannot be set up or a peer was refused.</summary>
public sealed class MtlsException : AuthenticationException
{
    /// <summary>Creates the exception.</summary>
    public MtlsException(MtlsProblem problem, string message, Exception? innerException = null)
        : base(message, innerException) => Problem = problem;

    /// <summary>Creates the exception with a text only.</summary>
    public MtlsException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a text and a cause.</summary>
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
