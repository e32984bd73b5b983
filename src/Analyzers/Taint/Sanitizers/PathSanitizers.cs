using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Sanitizers;

/// <summary>Functions whose result cannot leave a folder.</summary>
internal static class PathSanitizers
{
    private const SinkKinds Paths = SinkKinds.Path | SinkKinds.ArchivePath | SinkKinds.ContainedPath;

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<Sanitizer> All = ImmutableArray.Create(
        // System.IO.Path reference: the last part of a path has no separators.
        Sanitizer.ReturnValue(Paths, "System.IO.Path", "GetFileName"),
        Sanitizer.ReturnValue(Paths, "System.IO.Path", "GetFileNameWithoutExtension"),
        Sanitizer.ReturnValue(Paths, "System.IO.Path", "GetExtension"),
        Sanitizer.ReturnValue(SinkKinds.All, "System.IO.Path", "GetRandomFileName"),
        Sanitizer.ReturnValue(Paths, "System.IO.FileInfo", "Name"),

        // Characters that a file name must not have are taken out: separators among them.
        Sanitizer.ReturnValue(Paths, "System.String", "Split", when: UsesInvalidCharacters),
        Sanitizer.ReturnValue(Paths, "System.String", "Replace", when: ReplacesSeparator));

    private static bool UsesInvalidCharacters(IOperation call) =>
        call.Descendants().Any(static one => one is IInvocationOperation { TargetMethod: { Name: "GetInvalidFileNameChars", ContainingType.Name: "Path" } });

    /// <summary><c>name.Replace("/", "_")</c>, or replacing each of the invalid characters in a loop.</summary>
    private static bool ReplacesSeparator(IOperation operation)
    {
        if (operation is not IInvocationOperation { Arguments.Length: >= 2 } call)
            return false;
        IOperation from = call.Arguments[0].Value.WithoutConversions();
        if (from is IInvocationOperation { Instance: { } receiver, TargetMethod.Name: "ToString" })
            from = receiver;
        if (from is not ILocalReferenceOperation local)
            return false;
        for (IOperation? parent = call.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation declarator } loop && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local.Local))
                return UsesInvalidCharacters(loop.Collection) || loop.Collection.WithoutConversions() is IInvocationOperation { TargetMethod.Name: "GetInvalidFileNameChars" };
        }

        return false;
    }
}
