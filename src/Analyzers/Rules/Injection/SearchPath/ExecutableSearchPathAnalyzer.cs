using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Injection.QueryText;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Injection.SearchPath;

/// <summary>
/// STC1004: a program or library is started or loaded by its bare name, so that the first folder of the search path which has one of that name decides
/// (CWE-426, CWE-427), or a folder that everybody may write to is put into the search path.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ExecutableSearchPathAnalyzer : PatternAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.ExecutableSearchPath);

    private protected override void Start(PatternRegistration registration)
    {
        var types = new SearchPathTypes(registration.Compilation, TargetFrameworkVersion.IsWindows(registration.Compilation, registration.Options));
        registration.OnOperation(operation => AnalyzeCall(operation, types), OperationKind.Invocation);
        if (types.StartInfo is not null)
        {
            registration.OnOperation(operation => AnalyzeCreation(operation, types), OperationKind.ObjectCreation);
            registration.OnOperation(operation => AnalyzeAssignment(operation, types), OperationKind.SimpleAssignment);
        }
    }

    private static void AnalyzeCall(OperationAnalysisContext context, SearchPathTypes types)
    {
        var call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod;
        INamedTypeSymbol type = method.ContainingType;
        switch (method.Name)
        {
            case "Start" when method.IsStatic && SymbolEqualityComparer.Default.Equals(type, types.Process):
                // Without a start info the framework decides about the shell: .NET does not use it, .NET Framework does.
                AnalyzeProgram(context, call.FindArgument("fileName")?.Value, types, usesShell: false);
                break;
            case "LoadFrom" or "UnsafeLoadFrom" when SymbolEqualityComparer.Default.Equals(type, types.Assembly):
                AnalyzeLibrary(context, call.FindArgument("assemblyFile")?.Value, "the current folder", isManaged: true);
                break;
            case "Load" or "TryLoad" when SymbolEqualityComparer.Default.Equals(type, types.NativeLibrary) && call.FindArgument("libraryPath") is { } path:
                AnalyzeLibrary(context, path.Value, "the search path of the loader", isManaged: false);
                break;
            case "LoadLibrary" or "LoadLibraryA" or "LoadLibraryW" or "LoadLibraryEx" when method.IsExtern && call.Arguments.Length > 0:
                if (call.Arguments.Length == 1 || call.Arguments[call.Arguments.Length - 1].Value.ConstantValue is { HasValue: true, Value: 0 or 0u })
                    AnalyzeLibrary(context, call.Arguments[0].Value, "the search path of the loader", isManaged: false);
                break;
            case "SetEnvironmentVariable" when SymbolEqualityComparer.Default.Equals(type, types.Environment) && call.FindArgument("variable")?.Value is { ConstantValue: { HasValue: true, Value: string name } } && IsPath(name):
                AnalyzeSearchPath(context, call.FindArgument("value")?.Value);
                break;
        }
    }

    private static void AnalyzeCreation(OperationAnalysisContext context, SearchPathTypes types)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (SymbolEqualityComparer.Default.Equals(creation.Type, types.StartInfo) && creation.FindArgument("fileName") is { IsImplicit: false } name)
            AnalyzeProgram(context, name.Value, types, StartInfoState.UsesShell(creation.Syntax));
    }

    private static void AnalyzeAssignment(OperationAnalysisContext context, SearchPathTypes types)
    {
        var assignment = (ISimpleAssignmentOperation)context.Operation;
        if (assignment.Target is not IPropertyReferenceOperation { Property: var property } target)
            return;
        if (property.Name == "FileName" && SymbolEqualityComparer.Default.Equals(property.ContainingType, types.StartInfo))
            AnalyzeProgram(context, assignment.Value, types, StartInfoState.UsesShell(assignment.Syntax));
        else if (property.IsIndexer && target.Arguments.Length == 1 && target.Arguments[0].Value.ConstantValue is { HasValue: true, Value: string name } && IsPath(name)
            && target.Instance?.WithoutConversions() is IPropertyReferenceOperation { Property: { Name: "Environment" or "EnvironmentVariables" } variables } && SymbolEqualityComparer.Default.Equals(variables.ContainingType, types.StartInfo))
            AnalyzeSearchPath(context, assignment.Value);
    }

    private static void AnalyzeProgram(OperationAnalysisContext context, IOperation? name, SearchPathTypes types, bool usesShell)
    {
        if (name is null || ConstantTexts.Of(name, context.Compilation).FirstOrDefault(static text => SearchedNames.IsProgram(text)) is not { } program || IsDead(context))
            return;
        // Everywhere the current folder comes before PATH; where programs of that name lie in a system folder, the folder can be written down.
        bool isWindows = types.IsWindows || usesShell || SearchedNames.IsWindowsProgram(program);
        Report(context, name, isWindows ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info, "'" + program + "' is searched in the current folder and PATH; name its full path");
    }

    private static void AnalyzeLibrary(OperationAnalysisContext context, IOperation? name, string place, bool isManaged)
    {
        // Loaders of other systems look into configured folders only.
        if (name is not null && ConstantTexts.Of(name, context.Compilation).FirstOrDefault(text => SearchedNames.IsLibrary(text) && (isManaged || text.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))) is { } library && !IsDead(context))
            Report(context, name, DiagnosticSeverity.Warning, "'" + library + "' is searched in " + place + "; name its full path");
    }

    private static void AnalyzeSearchPath(OperationAnalysisContext context, IOperation? value)
    {
        if (value is null)
            return;
        foreach (IOperation part in value.DescendantsAndSelf())
        {
            if (part.ConstantValue is not { HasValue: true, Value: string text } || SearchedNames.WeakPart(text) is not { } weak)
                continue;
            if (!IsDead(context))
                Report(context, value, DiagnosticSeverity.Warning, "the search path gets '" + weak + "', where others can put programs; leave it out");
            return;
        }
    }

    private static bool IsPath(string name) =>
        name.Equals("PATH", StringComparison.OrdinalIgnoreCase) || name is "LD_LIBRARY_PATH" or "DYLD_LIBRARY_PATH" or "LD_PRELOAD";

    private static bool IsDead(OperationAnalysisContext context) => new ConstantConditions(SourceIndex.For(context.Compilation)).IsDead(context.Operation);

    private static void Report(OperationAnalysisContext context, IOperation place, DiagnosticSeverity severity, string message) =>
        context.ReportDiagnostic(Diagnostic.Create(RuleCatalogue.ExecutableSearchPath, place.Syntax.GetLocation(), severity, additionalLocations: null, properties: null, message));
}
