namespace SecurityToolchain.Runtime.Secrets;

/// <summary>A required secret is missing or empty. The message names it and the places that were searched, and holds no value.</summary>
public sealed class SecretNotFoundException : Exception
{
    /// <summary>Creates the exception with a general message.</summary>
    public SecretNotFoundException()
        : this("A required secret was not found.")
    {
    }

    /// <summary>Creates the exception with the message given.</summary>
    /// <param name="message">Says what is missing. Must hold no secret.</param>
    public SecretNotFoundException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the message and cause given.</summary>
    /// <param name="message">Says what is missing. Must hold no secret.</param>
    /// <param name="innerException">The cause.</param>
    public SecretNotFoundException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal SecretNotFoundException(string name, IReadOnlyList<string> searchedPlaces)
        : base($"The secret '{name}' is missing or empty. Searched: {string.Join("; ", searchedPlaces)}.")
    {
        Name = name;
        SearchedPlaces = searchedPlaces;
    }

    /// <summary>Name of the missing secret, or <see langword="null"/>.</summary>
    public string? Name { get; }

    /// <summary>Descriptions of the sources that were asked, in order.</summary>
    public IReadOnlyList<string> SearchedPlaces { get; } = [];
}
