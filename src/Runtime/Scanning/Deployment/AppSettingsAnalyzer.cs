using System.Text.Json;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Deployment;

/// <summary>Debug switches in appsettings files that are not for development.</summary>
public sealed class AppSettingsAnalyzer : IContentAnalyzer
{
    private static readonly string[] Switches = ["DetailedErrors", "EnableDetailedErrors", "EnableSensitiveDataLogging", "ShowPII", "UseDeveloperExceptionPage", "IncludeExceptionDetails"];

    /// <inheritdoc/>
    public string Name => "app-settings";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool NeedsWholeContent => true;

    /// <inheritdoc/>
    public bool Accepts(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string name = context.FileName;
        return context.Format.Category == FileCategory.Text && name.StartsWith("appsettings", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            && !name.Contains("Development", StringComparison.OrdinalIgnoreCase) && !name.Contains("Local", StringComparison.OrdinalIgnoreCase) && !name.Contains("Test", StringComparison.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    public void Analyze(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Spend(context.Content.Length);
        ReadOnlySpan<byte> text = context.Content.Bytes;
        int mark = text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        var reader = new Utf8JsonReader(text[mark..], new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 64 });
        var lines = new LineIndex(text);
        string? name = null;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    name = reader.GetString();
                    continue;
                }

                bool on = reader.TokenType == JsonTokenType.True || (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("true"u8));
                (int line, int column) = lines.Position(mark + (int)reader.TokenStartIndex);
                if (on && name is not null && Switches.Contains(name, StringComparer.OrdinalIgnoreCase))
                    context.Report(ScanRules.DebugSwitch, $"{name} is on.", context.AtLine(line, column));
                else if (reader.TokenType == JsonTokenType.String && name is "ASPNETCORE_ENVIRONMENT" or "DOTNET_ENVIRONMENT" && reader.ValueTextEquals("Development"u8))
                    context.Report(ScanRules.DebugSwitch, $"{name} is Development.", context.AtLine(line, column));
                name = null;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            context.ReportIncomplete(ScanIssueKind.Malformed, "The file is no well-formed JSON.");
        }
    }
}
