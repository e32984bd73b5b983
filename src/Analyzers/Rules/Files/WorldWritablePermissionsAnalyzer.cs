using System;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Files;

/// <summary>STC5003: a file mode or access rule lets everybody write (CWE-732).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WorldWritablePermissionsAnalyzer : PatternAnalyzer
{
    private const int OtherWrite = 2;
    private const int StickyBit = 512;
    private const int SetGroup = 1024;
    private const int SetUser = 2048;

    // System.Security.AccessControl.FileSystemRights: WriteData, AppendData, WriteExtendedAttributes, DeleteSubdirectoriesAndFiles, Delete, ChangePermissions, TakeOwnership.
    private const int WritingRights = 0x2 | 0x4 | 0x10 | 0x40 | 0x10000 | 0x40000 | 0x80000;

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.WorldWritablePermissions);

    private protected override void Start(PatternRegistration registration)
    {
        KnownTypes known = KnownTypes.For(registration.Compilation);
        if (known.Find("System.IO.UnixFileMode") is { } mode)
        {
            registration.OnOperation(operation => AnalyzeArgument(operation, mode), OperationKind.Argument);
            registration.OnOperation(operation => AnalyzeAssignment(operation, mode), OperationKind.SimpleAssignment);
        }

        if (known.Find("System.Security.AccessControl.FileSystemAccessRule") is { } rule)
            registration.OnOperation(operation => AnalyzeRule(operation, rule), OperationKind.ObjectCreation);
    }

    private static void AnalyzeArgument(OperationAnalysisContext context, INamedTypeSymbol mode)
    {
        var argument = (IArgumentOperation)context.Operation;
        bool isApi = argument.Parameter?.ContainingSymbol.ContainingNamespace.Name == "IO";
        if (isApi)
            CheckMode(context, argument.Value, mode);
    }

    private static void AnalyzeAssignment(OperationAnalysisContext context, INamedTypeSymbol mode)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is IPropertyReferenceOperation { Property.Name: "UnixCreateMode" or "UnixFileMode" })
            CheckMode(context, assignment.Value, mode);
    }

    private static void CheckMode(OperationAnalysisContext context, IOperation value, INamedTypeSymbol mode)
    {
        IOperation inner = value.WithoutConversions();
        ITypeSymbol? type = value is IConversionOperation { Type: INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } } ? inner.Type : value.Type;
        if (!SymbolEqualityComparer.Default.Equals(type, mode) || !(value.TryGetConstant(out int bits) || inner.TryGetConstant(out bits)))
            return;
        if ((bits & OtherWrite) != 0 && (bits & StickyBit) == 0)
            Report(context, value.Syntax, "Every user of the machine may write; leave out UnixFileMode.OtherWrite");
        else if ((bits & (SetUser | SetGroup)) != 0)
            Report(context, value.Syntax, "Whoever starts the file gets its owner's rights; leave out UnixFileMode.SetUser and SetGroup");
    }

    private static void AnalyzeRule(OperationAnalysisContext context, INamedTypeSymbol rule)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (!SymbolEqualityComparer.Default.Equals(creation.Type, rule)
            || creation.FindArgument("identity")?.Value is not { } identity || !IsEverybody(identity)
            || !(creation.FindArgument("fileSystemRights")?.Value).TryGetConstant(out int rights) || (rights & WritingRights) == 0
            || !(creation.FindArgument("type")?.Value).TryGetConstant(out int kind) || kind != 0)
        {
            return;
        }

        Report(context, creation.Syntax, "Everybody is granted writing; grant it to the account that needs it");
    }

    private static bool IsEverybody(IOperation identity)
    {
        identity = identity.WithoutConversions();
        if (identity.TryGetConstant(out string? name))
            return name is not null && name.TrimStart('\\') is "Everyone" or "Users" or "BUILTIN\\Users" or "Authenticated Users" or "NT AUTHORITY\\Authenticated Users" or "World";
        if (identity is not IObjectCreationOperation creation)
            return false;
        const int WorldSid = 1;
        const int AuthenticatedUserSid = 17;
        const int BuiltinUsersSid = 27;
        return creation.Type?.Name switch
        {
            "SecurityIdentifier" when (creation.FindArgument("sidType")?.Value).TryGetConstant(out int known) => known is WorldSid or AuthenticatedUserSid or BuiltinUsersSid,
            "SecurityIdentifier" when (creation.FindArgument("sddlForm")?.Value).TryGetConstant(out string? sddl) => sddl is "S-1-1-0" or "WD",
            "NTAccount" when creation.Arguments.Length == 1 => IsEverybody(creation.Arguments[0].Value),
            _ => false,
        };
    }

    private static void Report(OperationAnalysisContext context, SyntaxNode place, string message) =>
        context.ReportDiagnostic(Diagnostic.Create(RuleCatalogue.WorldWritablePermissions, place.GetLocation(), message));
}
