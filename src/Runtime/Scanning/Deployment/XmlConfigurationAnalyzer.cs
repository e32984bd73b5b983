using System.Xml;
using SecurityToolchain.Scanning.FileTypes;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Deployment;

/// <summary>Rules for nuget.config, web.config, and project and targets files. The reader takes no DTD and resolves nothing.</summary>
public sealed class XmlConfigurationAnalyzer : IContentAnalyzer
{
    /// <inheritdoc/>
    public string Name => "xml-configuration";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public bool NeedsWholeContent => true;

    /// <inheritdoc/>
    public bool Accepts(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Format.Category == FileCategory.Text && KindOf(context.FileName) != Kind.None;
    }

    /// <inheritdoc/>
    public void Analyze(AnalysisContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Spend(context.Content.Length * 2);
        Kind kind = KindOf(context.FileName);
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = context.Limits.MaxTextSize, CloseInput = true };
        var nuget = new NuGetConfigState();
        try
        {
            using var reader = XmlReader.Create(context.Content.OpenStream()!, settings);
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element)
                    continue;
                var place = (IXmlLineInfo)reader;
                FindingLocation location = context.AtLine(place.LineNumber, place.LinePosition);
                if (kind == Kind.NuGet)
                    nuget.Look(context, reader, location);
                else if (kind == Kind.Web)
                    LookAtWeb(context, reader, location);
                else
                    LookAtBuild(context, reader, location);
            }
        }
        catch (XmlException exception)
        {
            // Text in front of the place of the error was looked at; what comes behind was not.
            context.ReportIncomplete(ScanIssueKind.Malformed, $"The XML is not well-formed at line {exception.LineNumber}.");
        }

        if (kind == Kind.NuGet)
            nuget.Conclude(context);
    }

    private static Kind KindOf(string name)
    {
        if (name.Equals("nuget.config", StringComparison.OrdinalIgnoreCase))
            return Kind.NuGet;
        if (name.Equals("web.config", StringComparison.OrdinalIgnoreCase) || name.Equals("web.release.config", StringComparison.OrdinalIgnoreCase))
            return Kind.Web;
        return Path.GetExtension(name).ToLowerInvariant() is ".csproj" or ".fsproj" or ".vbproj" or ".props" or ".targets" or ".proj" ? Kind.Build : Kind.None;
    }

    private static void LookAtWeb(AnalysisContext context, XmlReader reader, FindingLocation location)
    {
        if (reader.LocalName == "compilation" && IsTrue(reader["debug"]))
            context.Report(ScanRules.DebugSwitch, "compilation has debug=\"true\".", location);
        else if (reader.LocalName == "customErrors" && "Off".Equals(reader["mode"], StringComparison.OrdinalIgnoreCase))
            context.Report(ScanRules.DebugSwitch, "customErrors has mode=\"Off\".", location);
        else if (reader.LocalName == "environmentVariable" && reader["name"] == "ASPNETCORE_ENVIRONMENT" && "Development".Equals(reader["value"], StringComparison.OrdinalIgnoreCase))
            context.Report(ScanRules.DebugSwitch, "ASPNETCORE_ENVIRONMENT is Development.", location);
    }

    private static void LookAtBuild(AnalysisContext context, XmlReader reader, FindingLocation location)
    {
        switch (reader.LocalName)
        {
            case "Exec" when reader["Command"] is { } command:
                bool download = ShellText.PipesDownloadToInterpreter(command) || command.Contains("-enc", StringComparison.OrdinalIgnoreCase) && command.Contains("powershell", StringComparison.OrdinalIgnoreCase);
                context.Report(download
                    ? new Finding(ScanRules.PipeToShell, "The build pipes a download into an interpreter, or runs an encoded command.", location) { Evidence = PrintableText.Escape(command, 200) }
                    : new Finding(ScanRules.BuildRunsCode, "The build runs a command.", location) { Evidence = PrintableText.Escape(command, 200) });
                break;
            case "UsingTask" when reader["TaskFactory"] is { Length: > 0 } factory:
                context.Report(new Finding(ScanRules.BuildRunsCode, $"The build compiles an inline task with {PrintableText.Escape(factory, 64)}.", location) { Severity = FindingSeverity.Warning });
                break;
            case "DownloadFile" when reader["SourceUrl"] is { } url:
                context.Report(new Finding(ScanRules.BuildRunsCode, "The build downloads a file.", location) { Severity = FindingSeverity.Warning, Evidence = PrintableText.Escape(url, 200) });
                break;
        }
    }

    private static bool IsTrue(string? text) => "true".Equals(text, StringComparison.OrdinalIgnoreCase);

    private enum Kind
    {
        None,
        NuGet,
        Web,
        Build,
    }
}
