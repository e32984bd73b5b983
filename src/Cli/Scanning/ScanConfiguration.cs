using System.Reflection;
using System.Text.Json;
using SecurityToolchain.Scanning;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Cli.Scanning;

/// <summary>
/// The file <c>sectool.json</c>. Comments and trailing commas are allowed; an unknown name is an error, because a misspelt limit would
/// silently not hold.
/// </summary>
internal sealed record ScanConfiguration
{
    /// <summary>The name that is looked for in the current directory.</summary>
    public const string DefaultFileName = "sectool.json";

    /// <summary>Directories that are not entered.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The threshold, or null.</summary>
    public string? FailOn { get; init; }

    /// <summary>The limits.</summary>
    public ScanLimits Limits { get; init; } = ScanLimits.Default;

    /// <summary>Accepted findings.</summary>
    public IReadOnlyList<SuppressionEntry> Suppressions { get; init; } = [];

    /// <summary>Severities by rule id.</summary>
    public IReadOnlyDictionary<string, FindingSeverity?> Severities { get; init; } = new Dictionary<string, FindingSeverity?>();

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file; null takes <see cref="DefaultFileName"/> when it exists.</param>
    /// <exception cref="UsageException">The file is missing or wrong.</exception>
    public static ScanConfiguration Read(string? path)
    {
        if (path is null && !File.Exists(DefaultFileName))
            return new ScanConfiguration();
        string file = path ?? DefaultFileName;
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 });
            if (!document.RootElement.TryGetProperty("scan", out JsonElement scan))
                return new ScanConfiguration();
            return Parse(scan, file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new UsageException($"The configuration '{file}' cannot be read: {exception.Message}");
        }
    }

    /// <summary>Sets one limit by name.</summary>
    /// <exception cref="UsageException">There is no such limit, or the value is out of range.</exception>
    public static ScanLimits WithLimit(ScanLimits limits, string name, string value)
    {
        PropertyInfo? property = typeof(ScanLimits).GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
        if (property is null)
            throw new UsageException($"There is no limit '{name}'. The limits are {string.Join(", ", typeof(ScanLimits).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static p => p.Name).Where(static n => n != "EqualityContract").Order(StringComparer.Ordinal))}.");
        try
        {
            object parsed = property.PropertyType == typeof(TimeSpan)
                ? TimeSpan.FromSeconds(double.Parse(value, System.Globalization.CultureInfo.InvariantCulture))
                : Convert.ChangeType(value, property.PropertyType, System.Globalization.CultureInfo.InvariantCulture);
            ScanLimits copy = limits with { };
            property.SetValue(copy, parsed);
            return copy;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or TargetInvocationException or InvalidCastException)
        {
            throw new UsageException($"The value '{value}' is not valid for the limit {property.Name}.");
        }
    }

    private static ScanConfiguration Parse(JsonElement scan, string file)
    {
        var configuration = new ScanConfiguration();
        foreach (JsonProperty property in scan.EnumerateObject())
        {
            configuration = property.Name switch
            {
                "exclude" => configuration with { Exclude = [.. property.Value.EnumerateArray().Select(static e => e.GetString()!)] },
                "failOn" => configuration with { FailOn = property.Value.GetString() },
                "limits" => configuration with { Limits = ParseLimits(property.Value) },
                "suppressions" => configuration with { Suppressions = [.. property.Value.EnumerateArray().Select(e => ParseSuppression(e, file))] },
                "severities" => configuration with { Severities = property.Value.EnumerateObject().ToDictionary(static p => p.Name, p => ParseSeverity(p.Value.GetString(), p.Name, file), StringComparer.OrdinalIgnoreCase) },
                _ => throw new UsageException($"'{file}' has the unknown name 'scan.{property.Name}'; known are exclude, failOn, limits, severities and suppressions."),
            };
        }

        return configuration;
    }

    private static ScanLimits ParseLimits(JsonElement element)
    {
        ScanLimits limits = ScanLimits.Default;
        foreach (JsonProperty limit in element.EnumerateObject())
            limits = WithLimit(limits, limit.Name, limit.Value.ToString());
        return limits;
    }

    private static SuppressionEntry ParseSuppression(JsonElement element, string file)
    {
        string? rule = element.TryGetProperty("rule", out JsonElement r) ? r.GetString() : null;
        string? path = element.TryGetProperty("path", out JsonElement p) ? p.GetString() : null;
        string? reason = element.TryGetProperty("reason", out JsonElement why) ? why.GetString() : null;
        if (string.IsNullOrWhiteSpace(rule) || string.IsNullOrWhiteSpace(path) || string.IsNullOrWhiteSpace(reason))
            throw new UsageException($"A suppression in '{file}' needs 'rule', 'path' and 'reason'.");
        return new SuppressionEntry(rule, path, reason);
    }

    private static FindingSeverity? ParseSeverity(string? text, string rule, string file) => text switch
    {
        "error" => FindingSeverity.Error,
        "warning" => FindingSeverity.Warning,
        "note" => FindingSeverity.Note,
        "none" => null,
        _ => throw new UsageException($"The severity '{text}' of {rule} in '{file}' is none of error, warning, note and none."),
    };
}
