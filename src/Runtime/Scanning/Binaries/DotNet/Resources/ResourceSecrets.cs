using System.Text;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Rules;
using SecurityToolchain.Scanning.Secrets;
using SecurityToolchain.Secrets;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Resources;

/// <summary>Searches the strings of .resources for secrets, and hands byte arrays that are files of their own to the engine.</summary>
internal static class ResourceSecrets
{
    private const int BlockLength = 32 << 10, Overlap = 64;
    private const int MinNestedFile = 64;

    /// <summary>Looks at one table of resources.</summary>
    /// <param name="context">The context.</param>
    /// <param name="table">The bytes of the table inside the content.</param>
    /// <param name="start">The offset of the table.</param>
    /// <param name="name">The name of the resource, or empty for a file of its own.</param>
    public static void Look(AnalysisContext context, ReadOnlyMemory<byte> table, long start, string name)
    {
        ReadOnlySpan<byte> bytes = table.Span;
        context.Spend(bytes.Length);
        // Most tables hold messages and nothing else; what has neither a keyword nor a larger value needs no reading.
        bool mayHoldSecret = MayHoldSecret(bytes), mayHoldFiles = bytes.Length > MinNestedFile;
        if (!mayHoldSecret && !mayHoldFiles)
            return;
        var entries = new List<ResourceEntry>();
        if (ResourceTable.Read(bytes, context.Limits.MaxSymbols, entries) is { } problem)
        {
            context.ReportIncomplete(ScanIssueKind.Malformed, $"In '{PrintableText.Escape(name.Length == 0 ? context.FileName : name, 256)}', {problem}.", start);
            if (entries.Count == 0)
                return;
        }

        long nested = 0;
        foreach (ResourceEntry entry in entries)
        {
            if (entry.IsText)
            {
                if (mayHoldSecret)
                    LookAtText(context, bytes.Slice(entry.Offset, entry.Length), start + entry.Offset, name, entry.Name);
                continue;
            }

            nested += entry.Length;
            // Entries that share their bytes could multiply the work.
            if (nested > bytes.Length)
            {
                context.ReportIncomplete(ScanIssueKind.Malformed, "Entries of the resources share their bytes.", start);
                return;
            }

            if (entry.Length >= MinNestedFile)
                ManifestResources.ScanNested(context, name.Length == 0 ? entry.Name : name + "/" + entry.Name, table.Slice(entry.Offset, entry.Length));
        }
    }

    /// <summary>Whether any keyword of a secret's format occurs in bytes of an ASCII-like encoding.</summary>
    public static bool MayHoldSecret(ReadOnlySpan<byte> bytes)
    {
        char[] block = System.Buffers.ArrayPool<char>.Shared.Rent(BlockLength);
        try
        {
            for (int at = 0; at < bytes.Length; at += BlockLength - Overlap)
            {
                ReadOnlySpan<byte> part = bytes.Slice(at, Math.Min(BlockLength, bytes.Length - at));
                Encoding.Latin1.GetChars(part, block);
                if (SecretScanner.Default.MayContainSecret(block.AsSpan(0, part.Length)))
                    return true;
                if (at + part.Length == bytes.Length)
                    break;
            }

            return false;
        }
        finally
        {
            // What was looked at may have been a secret.
            System.Buffers.ArrayPool<char>.Shared.Return(block, clearArray: true);
        }
    }

    private static void LookAtText(AnalysisContext context, ReadOnlySpan<byte> text, long offset, string table, string name)
    {
        if (text.Length is < 6 or > (1 << 20) || !MayHoldSecret(text))
            return;
        string member = table.Length == 0 ? name : table + "/" + name;
        foreach (SecretMatch match in SecretScanner.Default.ScanUtf8(text, SecretContext.Text))
            context.Report(SecretAnalyzer.ToFinding(ScanRules.HardcodedSecret, match, context.AtMember(member, offset + match.Start)));
    }
}
