using System.Text;

namespace SecurityToolchain.Runtime.Processes;

/// <summary>What a command left behind.</summary>
/// <param name="ExitCode">The program's exit code.</param>
/// <param name="StandardOutput">Bytes that it wrote, as they are.</param>
/// <param name="StandardError">Bytes that it wrote to its error stream, as they are.</param>
/// <param name="IsTruncated">Whether it wrote more than the policy keeps.</param>
/// <param name="Duration">Time that it took.</param>
public sealed record CommandResult(int ExitCode, ReadOnlyMemory<byte> StandardOutput, ReadOnlyMemory<byte> StandardError, bool IsTruncated, TimeSpan Duration)
{
    /// <summary>Decodes the output.</summary>
    /// <param name="encoding">UTF-8 if <see langword="null"/>. Bytes that it does not know become U+FFFD; the bytes themselves stay in <see cref="StandardOutput"/>.</param>
    public string ReadOutput(Encoding? encoding = null) => (encoding ?? Encoding.UTF8).GetString(StandardOutput.Span);
}
