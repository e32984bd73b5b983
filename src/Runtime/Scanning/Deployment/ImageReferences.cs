using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;
using SecurityToolchain.Scanning.Rules;

namespace SecurityToolchain.Scanning.Deployment;

/// <summary>Judges references to container images: <c>registry:port/name:tag@sha256:digest</c>.</summary>
internal static class ImageReferences
{
    public static void Check(AnalysisContext context, string image, FindingLocation location)
    {
        if (image.Contains("@sha256:", StringComparison.Ordinal))
            return;
        int slash = image.LastIndexOf('/');
        int colon = image.IndexOf(':', slash + 1);
        string tag = colon < 0 ? "" : image[(colon + 1)..];
        string shown = PrintableText.Escape(image, 200);
        if (tag.Length == 0 || tag == "latest")
            context.Report(new Finding(ScanRules.UnpinnedImage, $"The image '{shown}' has {(tag.Length == 0 ? "no tag" : "the tag 'latest'")}.", location) { Identity = shown });
        else
            context.Report(new Finding(ScanRules.UnpinnedImage, $"The image '{shown}' has a tag and no digest.", location) { Severity = FindingSeverity.Note, Identity = shown });
    }
}
