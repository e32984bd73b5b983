namespace SecurityToolchain.Runtime.Input;

/// <summary>A JSON document is beyond a limit, malformed, or fails validation. No object was made of it.</summary>
public sealed class JsonValidationException : Exception
{
    /// <summary>Creates the exception with a general message.</summary>
    public JsonValidationException()
        : this("The JSON document is not valid.")
    {
    }

    /// <summary>Creates the exception with the message given.</summary>
    /// <param name="message">Says what is wrong.</param>
    public JsonValidationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the message and cause given.</summary>
    /// <param name="message">Says what is wrong.</param>
    /// <param name="innerException">The cause.</param>
    public JsonValidationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal JsonValidationException(params IReadOnlyList<JsonProblem> problems)
        : base("The JSON document is not valid: " + string.Join("; ", problems.Select(static problem => $"{problem.Path}: {problem.Message}"))) => Problems = problems;

    /// <summary>All problems found, at least one.</summary>
    public IReadOnlyList<JsonProblem> Problems { get; } = [];
}
