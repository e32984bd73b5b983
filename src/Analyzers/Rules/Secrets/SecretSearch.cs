using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Engine;
using SecurityToolchain.Secrets.Classification;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>The search for hardcoded secrets in one compilation.</summary>
internal sealed class SecretSearch
{
    private const int LeastKeyBytes = 8;
    private const int LeastPasswordCharacters = 4;

    private readonly CredentialSinkIndex _sinks;
    private readonly TestCode _tests;
    private readonly SecretFlowGraph _flows = new();
    private readonly ConcurrentDictionary<(SyntaxTree, TextSpan), bool> _reported = new();
    private readonly ConcurrentDictionary<SyntaxTree, bool> _generated = new();
    private readonly bool _reportGenerated;
    private readonly ConcurrentDictionary<string, CredentialKind> _kinds = new(StringComparer.Ordinal);

    /// <summary>Resolves what the search needs, once.</summary>
    public SecretSearch(Compilation compilation, AnalyzerConfigOptionsProvider options)
    {
        _sinks = new CredentialSinkIndex(compilation);
        _tests = new TestCode(compilation, options.GlobalOptions);
        _reportGenerated = TaintOptions.Read(options, compilation).ReportGeneratedCode;
    }

    /// <summary>Looks at a literal, a concatenation or an interpolated string.</summary>
    public void LookAtText(OperationAnalysisContext context)
    {
        IOperation operation = context.Operation;
        NoteGenerated(context);
        if (operation is ILiteralOperation { ConstantValue.Value: char })
        {
            LookAtCharacter(context);
            return;
        }

        bool isText = operation is ILiteralOperation { ConstantValue.Value: string { Length: > 0 } } or IUtf8StringOperation || SecretText.IsJoin(operation);
        if (!isText || SecretText.IsPart(operation) || SecretText.Read(operation) is not { Text.Length: > 1 } text)
            return;

        ValueTarget target = ValueTargetFinder.Find(operation, context.ContainingSymbol, _sinks);
        bool isTest = _tests.Contains(context.ContainingSymbol);
        bool evidence = target.IsSink || KindOf(target.Name) != CredentialKind.None || KindOf(target.FallbackName) != CredentialKind.None;
        SecretVerdict? verdict = SecretJudge.ByFormat(text.Text, target.FallbackName ?? target.Name, evidence, isTest);
        if (verdict is null && text.IsConstant)
        {
            verdict = SecretJudge.ByName(text.Text, target, KindOf(target.Name), KindOf(target.FallbackName), isTest);
            if (verdict is null && target.IsSink && SecretJudge.IsUsableCredential(text.Text, isTest))
                verdict = new SecretVerdict("it goes into a credential", 0, text.Text.Length, target.Name);
        }
        else if (verdict is null && target.IsSink)
        {
            verdict = SecretJudge.PasswordOfUser(text.Text, isTest);
        }

        if (verdict is { } secret)
            ReportText(context, text, secret);
        else if (text.IsConstant && !target.IsSink && !target.IsComparison && target.Symbol is { } symbol && TextFlow.IsTracked(symbol))
            _flows.AddLiteral(target, new LiteralSite(operation.Syntax, target.Name, text.Text, 0, isTest));
    }

    /// <summary>Looks at an array of constant bytes or characters.</summary>
    public void LookAtArray(OperationAnalysisContext context)
    {
        if (!TryReadConstants(context.Operation, out int count, out bool isText))
            return;
        NoteGenerated(context);
        ValueTarget target = ValueTargetFinder.Find(context.Operation, context.ContainingSymbol, _sinks);
        if (_tests.Contains(context.ContainingSymbol) || count < (isText ? LeastPasswordCharacters : LeastKeyBytes))
            return;
        SyntaxNode syntax = context.Operation.Syntax;
        if (target.IsSink || (target.Symbol is not null && SecretJudge.IsNamedKey(target.Name, count, isText)))
            Report(context.ReportDiagnostic, syntax, target.IsSink ? "it goes into a credential" : "value of '" + target.Name + "'", target.Name, null);
        else if (target.Symbol is { } symbol && TextFlow.IsTracked(symbol))
            _flows.AddLiteral(target, new LiteralSite(syntax, target.Name, null, isText ? LeastKeyBytes : count, IsTest: false));
    }

    /// <summary>Looks at a variable, member, parameter or call whose value may carry a literal on.</summary>
    public void LookAtReference(OperationAnalysisContext context)
    {
        IOperation operation = context.Operation;
        bool isText = TextFlow.IsText(operation.Type);
        if ((!isText && !TextFlow.HoldsTexts(operation.Type)) || FlowSource.Of(operation) is not { } source || !TextFlow.IsTracked(source.Node.Symbol))
            return;
        if (OutputParameter(operation) is { } output)
        {
            var variable = new ValueTarget(source.Node.Symbol, null, false, false, null, null) { Part = source.Node.Part };
            _flows.AddFlow(new FlowSource(new FlowNode(output.Parameter!), output.Parent!.Syntax), variable);
            return;
        }

        if (!isText && Whole(operation).Parent is IDeconstructionAssignmentOperation { Target: var targets } && targets.WithoutDeclaration() is ITupleOperation elements)
        {
            AddElements(source, elements);
            return;
        }

        ValueTarget target = ValueTargetFinder.Find(operation, context.ContainingSymbol, _sinks);
        if (!isText && target.Place is IForEachLoopOperation)
            source = source with { Node = source.Node with { Part = FlowNode.AnyPart } };
        else if (!isText && source.Node.Part is not null)
            return;
        if (target.IsSink)
        {
            if (isText)
                _flows.AddSink(source, target.Place!.Syntax.GetLocation(), null);
            return;
        }

        if (target.IsComparison)
            return;
        if (isText && IsCredentialPlace(target.Name) && !IsCredentialPlace(source.Node.Symbol.Name))
            _flows.AddSink(source, target.Place!.Syntax.GetLocation(), target.Name);
        if (target.Symbol is { } symbol && TextFlow.IsTracked(symbol))
            _flows.AddFlow(source, target);
    }

    /// <summary>Reports the literals that reach a credential through variables, members and parameters.</summary>
    public void ReportFlows(CompilationAnalysisContext context)
    {
        foreach ((LiteralSite site, Location sink) in _flows.Find(SecretJudge.IsSecretAt))
            Report(context.ReportDiagnostic, site.Syntax, "it reaches a credential", site.Name, sink);
    }

    // SecureString.AppendChar('h'); AppendChar('u'); ...: one report, at the first of the row.
    private void LookAtCharacter(OperationAnalysisContext context)
    {
        if (context.Operation.Parent is not IArgumentOperation { Parent: IInvocationOperation call } argument || argument.Parameter is null || !_sinks.IsSink(argument.Parameter)
            || _tests.Contains(context.ContainingSymbol) || call.Parent is not IExpressionStatementOperation { Parent: IBlockOperation block } statement)
            return;
        int index = block.Operations.IndexOf(statement);
        bool first = index == 0 || !IsCharacterCall(block.Operations[index - 1]);
        bool several = index + 1 < block.Operations.Length && IsCharacterCall(block.Operations[index + 1]);
        if (first && several)
            Report(context.ReportDiagnostic, context.Operation.Syntax, "it goes into a credential", null, null);
    }

    private void ReportText(OperationAnalysisContext context, SecretText text, in SecretVerdict secret)
    {
        (SyntaxNode syntax, int offset) = text.PlaceOf(secret.Start, secret.End);
        // A literal among parts that vary is cut where the secret begins and ends; one that is all there is goes as a whole.
        (int Start, int Length)? cut = text.IsConstant ? null : (secret.Start - offset, secret.End - secret.Start);
        Report(context.ReportDiagnostic, syntax, secret.Description, secret.Name, null, cut);
    }

    private void NoteGenerated(OperationAnalysisContext context)
    {
        if (context.IsGeneratedCode)
            _generated.TryAdd(context.Operation.Syntax.SyntaxTree, true);
    }

    // The same few hundred names come again and again.
    private CredentialKind KindOf(string? name) => name is null ? CredentialKind.None : _kinds.GetOrAdd(name, static known => CredentialName.Classify(known.AsSpan()));

    private bool IsCharacterCall(IOperation statement) =>
        statement is IExpressionStatementOperation { Operation: IInvocationOperation { Arguments: [{ Value: ILiteralOperation, Parameter: { } parameter }] } } && _sinks.IsSink(parameter);

    private void Report(Action<Diagnostic> report, SyntaxNode syntax, string description, string? name, Location? sink, (int Start, int Length)? cut = null)
    {
        if ((!_reportGenerated && _generated.ContainsKey(syntax.SyntaxTree)) || !_reported.TryAdd((syntax.SyntaxTree, syntax.Span), true))
            return;
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        if (name is not null)
            properties = properties.Add(HardcodedSecretAnalyzer.NameProperty, name);
        if (cut is { } part)
        {
            properties = properties
                .Add(HardcodedSecretAnalyzer.StartProperty, part.Start.ToString(CultureInfo.InvariantCulture))
                .Add(HardcodedSecretAnalyzer.LengthProperty, part.Length.ToString(CultureInfo.InvariantCulture));
        }

        report(Diagnostic.Create(RuleCatalogue.HardcodedSecret, syntax.GetLocation(), sink is null ? null : [sink], properties, description));
    }

    // var (user, password) = Account();
    private void AddElements(in FlowSource source, ITupleOperation elements)
    {
        for (int i = 0; i < elements.Elements.Length; i++)
        {
            if (source.Node.Part is null && FlowNode.PartAt(i) is { } part && ReferenceName.SymbolOf(elements.Elements[i]) is { } symbol && TextFlow.IsTracked(symbol))
                _flows.AddFlow(source with { Node = source.Node with { Part = part } }, new ValueTarget(symbol, null, false, false, null, null));
        }
    }

    // The awaited result of a call, too.
    private static IOperation Whole(IOperation operation)
    {
        while (operation.Parent is IConversionOperation or IAwaitOperation || (operation.Parent is IInvocationOperation call && call.Instance == operation && TransparentCalls.PassesReceiver(call)))
            operation = operation.Parent;
        return operation;
    }

    private bool IsCredentialPlace(string? name) => KindOf(name) is CredentialKind.Password or CredentialKind.Secret or CredentialKind.Key;

    // Get(out var x), Get(ref x): the callee's parameter gives the variable its value.
    private static IArgumentOperation? OutputParameter(IOperation operation)
    {
        IOperation? outer = operation.Parent is IDeclarationExpressionOperation declaration ? declaration.Parent : operation.Parent;
        return outer is IArgumentOperation { Parameter: { RefKind: RefKind.Out or RefKind.Ref } parameter, Parent: not null } argument && TextFlow.IsTracked(parameter) ? argument : null;
    }

    private static bool TryReadConstants(IOperation operation, out int count, out bool isText)
    {
        ImmutableArray<IOperation> elements = operation switch
        {
            IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
            ICollectionExpressionOperation collection => collection.Elements,
            _ => default,
        };
        count = 0;
        isText = false;
        if (elements.IsDefaultOrEmpty)
            return false;
        SpecialType element = elements[0].Type?.SpecialType ?? SpecialType.None;
        isText = element == SpecialType.System_Char;
        if (!isText && element != SpecialType.System_Byte)
            return false;
        bool any = false;
        foreach (IOperation value in elements)
        {
            if (value.ConstantValue is not { HasValue: true, Value: { } constant })
                return false;
            any |= constant is byte and not 0 or char;
        }

        count = elements.Length;
        return any;
    }
}
