using Microsoft.CodeAnalysis.Text;

namespace SecurityToolchain.Testing;

/// <summary>A diagnostic that a test expects.</summary>
/// <param name="Id">The rule id, or null where any rule of the analyzer will do.</param>
/// <param name="Span">The exact span in the text without marks.</param>
public sealed record ExpectedSpan(string? Id, TextSpan Span);
