using System.Xml;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Deployment;

/// <summary>What the elements of a nuget.config say together.</summary>
internal sealed class NuGetConfigState
{
    private string _section = "";
    private int _sources;
    private bool _mapped;
    private bool _signatureMode;
    private FindingLocation? _first;

    public void Look(AnalysisContext context, XmlReader reader, FindingLocation location)
    {
        if (reader.Depth == 1)
            _section = reader.LocalName;
        if (_section == "packageSourceMapping" && reader.LocalName == "packageSource")
            _mapped = true;
        if (_section == "config" && reader.LocalName == "add" && "signatureValidationMode".Equals(reader["key"], StringComparison.OrdinalIgnoreCase))
        {
            _signatureMode = true;
            if (!"require".Equals(reader["value"], StringComparison.OrdinalIgnoreCase))
                context.Report(ScanRules.PackageSignatureMode, "signatureValidationMode does not require signatures.", location);
        }

        if (_section != "packageSources" || reader.LocalName != "add")
            return;
        _first ??= location;
        string address = reader["value"] ?? "";
        // Folders on this machine are no place for confusion with a public feed's names to start from.
        if (address.Contains("://", StringComparison.Ordinal))
            _sources++;
        if (address.StartsWith("http://", StringComparison.OrdinalIgnoreCase) && !IsLoopback(address))
            context.Report(ScanRules.InsecurePackageSource, $"The package source '{PrintableText.Escape(reader["key"] ?? "?", 64)}' uses http.", location);
        else if ("true".Equals(reader["disableTLSCertificateValidation"], StringComparison.OrdinalIgnoreCase))
            context.Report(ScanRules.InsecurePackageSource, $"The certificate of the package source '{PrintableText.Escape(reader["key"] ?? "?", 64)}' is not validated.", location);
    }

    public void Conclude(AnalysisContext context)
    {
        if (_sources > 1 && !_mapped)
            context.Report(ScanRules.MissingSourceMapping, $"There are {_sources} package sources and no packageSourceMapping.", _first!);
        if (_sources > 0 && !_signatureMode)
            context.Report(new Finding(ScanRules.PackageSignatureMode, "signatureValidationMode is not set.", _first!) { Severity = FindingSeverity.Note });
    }

    private static bool IsLoopback(string address) => Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.IsLoopback;
}
