namespace SecurityToolchain.MsBuildTasks.Packages;

/// <summary>A package archive or a signature in it breaks its format. The message names the field and the value.</summary>
public sealed class PackageFormatException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public PackageFormatException()
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, naming the field and the value.</param>
    public PackageFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    /// <param name="message">What is wrong, naming the field and the value.</param>
    /// <param name="innerException">The cause.</param>
    public PackageFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
