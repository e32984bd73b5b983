namespace SecurityToolchain.Runtime.Caching;

/// <summary>More operations were asked of a <see cref="SecureCache"/> than its policy allows.</summary>
public sealed class CacheRateLimitException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">Names the limit.</param>
    public CacheRateLimitException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">Names the limit.</param>
    /// <param name="innerException">The cause.</param>
    public CacheRateLimitException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception without a text.</summary>
    public CacheRateLimitException()
    {
    }
}
