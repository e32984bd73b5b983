using System.Collections.Immutable;
using System.Globalization;
using System.Reflection.Metadata;
using System.Security.Cryptography;
using System.Text;
using SecurityToolchain.Scanning.Binaries.DotNet.Flow;
using SecurityToolchain.Scanning.Binaries.DotNet.Resources;
using SecurityToolchain.Scanning.Binaries.PortableExecutable;
using SecurityToolchain.Scanning.Parsing;
using SecurityToolchain.Scanning.Pipeline;
using SecurityToolchain.Scanning.Reports;

namespace SecurityToolchain.Scanning.Binaries.DotNet;

/// <summary>Facts of .NET metadata and the rules over IL. The metadata reader of the framework reads the tables; its exceptions on hostile tables end here.</summary>
internal static class DotNetAnalyzer
{
    private const int MaxListed = 64;

    public static unsafe void Analyze(AnalysisContext context, PeImage image)
    {
        ReadOnlySpan<byte> bytes = context.Content.Bytes;
        if (DotNetImage.TryRead(bytes, image) is not { } header)
        {
            context.ReportIncomplete(ScanIssueKind.Malformed, "The CLR header or the metadata lies outside the file.");
            return;
        }

        context.SetFact("dotnet.il-only", (header.Flags & 1) != 0 ? "yes" : "no");
        context.SetFact("dotnet.ready-to-run", header.IsReadyToRun ? "yes" : "no");
        context.SetFact("dotnet.strong-name", header.HasStrongName ? (header.Flags & 8) != 0 ? "signed" : "delay-signed" : "none");
        context.Spend(header.MetadataLength / 4);
        using System.Buffers.MemoryHandle pin = context.Content.Memory.Pin();
        try
        {
            var metadata = new MetadataReader((byte*)pin.Pointer + header.MetadataOffset, header.MetadataLength, MetadataReaderOptions.None, SharedNames.Instance);
            var names = new MemberNames(metadata);
            SetFacts(context, metadata, names);
            RunRules(context, image, metadata, names);
            ManifestResources.Look(context, header, metadata);
        }
        catch (Exception exception) when (exception is BadImageFormatException or ArgumentException or OverflowException or InvalidOperationException or IndexOutOfRangeException or InvalidCastException)
        {
            context.ReportIncomplete(ScanIssueKind.Malformed, $"The .NET metadata is malformed ({exception.GetType().Name}).", header.MetadataOffset);
        }
    }

    private static void SetFacts(AnalysisContext context, MetadataReader metadata, MemberNames names)
    {
        context.SetFact("dotnet.runtime", metadata.MetadataVersion);
        if (metadata.IsAssembly)
        {
            AssemblyDefinition assembly = metadata.GetAssemblyDefinition();
            context.SetFact("dotnet.assembly", $"{metadata.GetString(assembly.Name)} {assembly.Version}");
        }

        context.SetFact("dotnet.mvid", metadata.GetGuid(metadata.GetModuleDefinition().Mvid).ToString());
        var references = ImmutableArray.CreateBuilder<string>();
        foreach (AssemblyReferenceHandle handle in metadata.AssemblyReferences)
        {
            AssemblyReference reference = metadata.GetAssemblyReference(handle);
            references.Add($"{metadata.GetString(reference.Name)} {reference.Version}");
        }

        List(context, "dotnet.references", references);
        var invokes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            if ((method.Attributes & System.Reflection.MethodAttributes.PinvokeImpl) == 0)
                continue;
            MethodImport import = method.GetImport();
            invokes.Add((import.Module.IsNil ? "?" : metadata.GetString(metadata.GetModuleReference(import.Module).Name)) + "!" + metadata.GetString(import.Name));
        }

        List(context, "dotnet.p-invokes", invokes);
        List(context, "dotnet.resources", metadata.ManifestResources.Select(handle => metadata.GetString(metadata.GetManifestResource(handle).Name)).ToArray());
        context.SetFact("dotnet.module-initializer", HasModuleInitializer(metadata) ? "yes" : "no");
        List(context, "dotnet.capabilities", Capabilities.Find(metadata, names));
        context.SetFact("dotnet.type-reference-hash", TypeReferenceHash(metadata));
    }

    // The type initialiser of <Module> runs before any other code of the assembly.
    private static bool HasModuleInitializer(MetadataReader metadata)
    {
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            foreach (MethodDefinitionHandle method in metadata.GetTypeDefinition(handle).GetMethods())
            {
                if (metadata.StringComparer.Equals(metadata.GetMethodDefinition(method).Name, ".cctor"))
                    return true;
            }

            // Only the first row is <Module>.
            return false;
        }

        return false;
    }

    // SHA-256 over the sorted "namespace-name" pairs, as other tools compute the TypeRefHash.
    private static string TypeReferenceHash(MetadataReader metadata)
    {
        var names = new List<string>();
        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
        {
            TypeReference type = metadata.GetTypeReference(handle);
            names.Add(metadata.GetString(type.Namespace) + "-" + metadata.GetString(type.Name));
        }

        names.Sort(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(',', names))));
    }

    private static void RunRules(AnalysisContext context, PeImage image, MetadataReader metadata, MemberNames names)
    {
        ReadOnlyMemory<byte> memory = context.Content.Memory;
        ReadOnlySpan<byte> bytes = memory.Span;
        string member = "";
        long body = 0;
        IlRules? rules = null;
        var flow = new IlFlowRules(
            metadata,
            names,
            token => rules!.ReadString(token).ToString(),
            address => IlReader.Body(memory.Span, image.ToOffset((uint)address)),
            (rule, message, at) => context.Report(new Finding(rule, message, context.AtMember(member, body + at)) { Identity = message }));
        rules = new IlRules(context, metadata, names) { BodyOffset = address => image.ToOffset((uint)address), Flow = flow };
        foreach (TypeDefinitionHandle typeHandle in metadata.TypeDefinitions)
        {
            string? type = null;
            foreach (MethodDefinitionHandle methodHandle in metadata.GetTypeDefinition(typeHandle).GetMethods())
            {
                MethodDefinition method = metadata.GetMethodDefinition(methodHandle);
                if (method.RelativeVirtualAddress <= 0)
                    continue;
                long offset = image.ToOffset((uint)method.RelativeVirtualAddress);
                ReadOnlySpan<byte> code = IlReader.Body(bytes, offset);
                if (code.IsEmpty)
                    continue;
                context.Spend(code.Length);
                type ??= names.Definition(typeHandle);
                string name = metadata.GetString(method.Name);
                rules.Look(type, name, bytes, code, offset);
                if (!rules.NeedsFlow)
                    continue;
                if (code.Length > IlFlow.MaxBody)
                {
                    context.ReportIncomplete(ScanIssueKind.Limit, $"A method has {code.Length} bytes of IL; the values of methods up to {IlFlow.MaxBody} are followed.", offset);
                    continue;
                }

                context.Spend(16L * code.Length);
                (member, body) = (type + "::" + name, offset);
                flow.Look(methodHandle, code);
            }
        }
    }

    private static void List(AnalysisContext context, string name, IReadOnlyCollection<string> values)
    {
        if (values.Count == 0)
            return;
        string text = string.Join("; ", values.Take(MaxListed).Select(static v => PrintableText.Escape(v, 256)));
        context.SetFact(name, values.Count > MaxListed ? text + string.Create(CultureInfo.InvariantCulture, $"; and {values.Count - MaxListed} more") : text);
    }
}
