using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Cryptography;
using SecurityToolchain.Analyzers.Rules.Files.Toctou;
using SecurityToolchain.Analyzers.Rules.Flow;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Files;

/// <summary>STC5002: a file in the shared temporary directory gets a name that others can guess (CWE-377).</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InsecureTempFileAnalyzer : PatternAnalyzer
{
    private const int MostSteps = 8;

    private static readonly ImmutableArray<string> s_shared = ImmutableArray.Create("/tmp/", "/var/tmp/", "/dev/shm/", "C:\\Windows\\Temp\\", "C:\\Temp\\", "C:/Temp/");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(RuleCatalogue.InsecureTempFile);

    private protected override void Start(PatternRegistration registration)
    {
        if (FileSystemTypes.Resolve(registration.Compilation) is not { } types)
            return;
        var mentions = new TextMentions("Temp", "temp", "TEMP", "tmp", "TMP", "shm", "SHM");
        registration.OnBlock(block => Analyze(block, types, mentions));
    }

    private static void Analyze(OperationBlockAnalysisContext context, FileSystemTypes types, TextMentions mentions)
    {
        if (context.OperationBlocks.IsEmpty || !mentions.In(context.OperationBlocks[0].Syntax.SyntaxTree, context.CancellationToken))
            return;
        if (!context.OperationBlocks.Any(static body => MentionsTemporary(body.Syntax)) || TestCode.Contains(context.OwningSymbol))
            return;
        BodyLocals locals = BodyLocals.Read(context.OperationBlocks);
        var uses = new FileUses(types, locals);
        foreach (IOperation operation in context.OperationBlocks.SelectMany(static body => body.Descendants()))
        {
            if (operation is IInvocationOperation { TargetMethod.Name: "GetTempFileName" } call && types.IsPath(call.TargetMethod.ContainingType))
                Report(context, call.Syntax, "'Path.GetTempFileName' makes names that can be guessed; use Path.GetRandomFileName with FileMode.CreateNew");
            foreach (FileUse use in uses.Read(operation))
            {
                if (use.Kind == UseKind.Write && IsGuessable(use.Path, types, locals))
                    Report(context, use.Path.Syntax, "The directory for temporary files is shared and this name can be guessed; use Directory.CreateTempSubdirectory or Path.GetRandomFileName");
            }
        }
    }

    private static bool MentionsTemporary(SyntaxNode body)
    {
        foreach (SyntaxToken token in body.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText is "GetTempPath" or "GetTempFileName")
                return true;
            if ((token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.InterpolatedStringTextToken)) && IsShared(token.ValueText))
                return true;
        }

        return false;
    }

    private static bool IsShared(string path) => s_shared.Any(prefix => path.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static bool IsGuessable(IOperation path, FileSystemTypes types, BodyLocals locals)
    {
        path = Resolve(path, locals, MostSteps);
        if (path.TryGetConstant(out string? constant))
            return constant is not null && IsShared(constant);
        var parts = new List<IOperation>();
        Collect(path, types, locals, parts, MostSteps);
        if (parts.Count < 2)
            return false;
        bool isTemporary = parts[0] is IInvocationOperation { TargetMethod.Name: "GetTempPath" } || parts[0].TryGetConstant(out string? root) && root is not null && IsShared(root.TrimEnd('/', '\\') + "/");
        return isTemporary && parts.Skip(1).All(IsGuessablePart);
    }

    private static bool IsGuessablePart(IOperation part) =>
        part.ConstantValue.HasValue || part.WithoutConversions() is IPropertyReferenceOperation { Property.Name: "ProcessId" or "UserName" or "MachineName" };

    private static void Collect(IOperation path, FileSystemTypes types, BodyLocals locals, List<IOperation> parts, int steps)
    {
        path = Resolve(path, locals, steps);
        switch (path)
        {
            case IInvocationOperation { TargetMethod.Name: "Combine" or "Join" } combine when steps > 0 && types.IsPath(combine.TargetMethod.ContainingType):
                foreach (IArgumentOperation argument in combine.Arguments)
                    Collect(argument.Value, types, locals, parts, steps - 1);
                break;
            case IArrayCreationOperation { Initializer: { } elements } when steps > 0:
                foreach (IOperation element in elements.ElementValues)
                    Collect(element, types, locals, parts, steps - 1);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum when steps > 0:
                Collect(sum.LeftOperand, types, locals, parts, steps - 1);
                Collect(sum.RightOperand, types, locals, parts, steps - 1);
                break;
            case IInterpolatedStringOperation text when steps > 0:
                foreach (IInterpolatedStringContentOperation content in text.Parts)
                    parts.Add(content is IInterpolationOperation hole ? Resolve(hole.Expression, locals, steps - 1) : ((IInterpolatedStringTextOperation)content).Text);
                break;
            default:
                parts.Add(path);
                break;
        }
    }

    private static IOperation Resolve(IOperation operation, BodyLocals locals, int steps)
    {
        operation = operation.WithoutConversions();
        while (steps-- > 0 && !operation.ConstantValue.HasValue && operation is ILocalReferenceOperation local && locals.TryInitializer(local.Local, out IOperation? initializer))
            operation = initializer.WithoutConversions();
        return operation;
    }

    private static void Report(OperationBlockAnalysisContext context, SyntaxNode place, string message) =>
        context.ReportDiagnostic(Diagnostic.Create(RuleCatalogue.InsecureTempFile, place.GetLocation(), message));
}
