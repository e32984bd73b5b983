using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Secrets;

/// <summary>What a <see cref="System.Text.StringBuilder"/> is given before its text is taken.</summary>
internal static class BuilderText
{
    /// <summary>Longer methods are not searched for the calls on a builder.</summary>
    private const int MostOperations = 4000;

    private const int MostCalls = 256;

    /// <summary>Whether the type is the framework's builder of text.</summary>
    public static bool IsBuilder(ITypeSymbol? type) => type is INamedTypeSymbol { Name: "StringBuilder" } named && named.Is("System.Text", "StringBuilder");

    /// <summary>The calls, in the order of the source, that put text into the builder whose <c>ToString</c> is called; null where they are not all seen.</summary>
    public static List<(string Name, ImmutableArray<IArgumentOperation> Arguments)>? Calls(IInvocationOperation toText)
    {
        var calls = new List<(string, ImmutableArray<IArgumentOperation>)>();
        IOperation receiver = toText.Instance!.WithoutConversions();
        ILocalSymbol? local = LocalBehind(receiver);
        if (local is not null)
        {
            if (!AddCallsOn(local, toText, calls))
                return null;
        }
        else if (!AddChain(receiver, calls))
        {
            return null;
        }

        return calls;
    }

    private static ILocalSymbol? LocalBehind(IOperation operation)
    {
        while (operation is IInvocationOperation { Instance: { } instance })
            operation = instance.WithoutConversions();
        return (operation as ILocalReferenceOperation)?.Local;
    }

    private static bool AddCallsOn(ILocalSymbol local, IOperation from, List<(string, ImmutableArray<IArgumentOperation>)> calls)
    {
        IOperation body = from;
        while (body.Parent is { } parent)
            body = parent;
        int visited = 0;
        foreach (IOperation operation in body.Descendants())
        {
            if (++visited > MostOperations || calls.Count > MostCalls)
                return false;
            // What is put in after the text was taken is no part of it.
            if (operation == from)
                return true;
            switch (operation)
            {
                case IVariableDeclaratorOperation { Initializer.Value: { } value } declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local):
                    if (!AddChain(value.WithoutConversions(), calls))
                        return false;
                    break;
                case ILocalReferenceOperation reference when SymbolEqualityComparer.Default.Equals(reference.Local, local):
                    if (!AddUses(reference, from, calls))
                        return false;
                    break;
            }
        }

        return true;
    }

    // builder.Append(a).Append(b): outwards from the builder.
    private static bool AddUses(IOperation builder, IOperation from, List<(string, ImmutableArray<IArgumentOperation>)> calls)
    {
        IOperation current = builder;
        while (current.Parent is IInvocationOperation { TargetMethod: { } method } call && call.Instance == current)
        {
            if (call == from || !IsBuilder(method.ReturnType))
                return true;
            calls.Add((method.Name, call.Arguments));
            current = call;
        }

        // builder.Length, builder[0]: looking at it is harmless; whoever gets the builder may put anything in.
        return current.Parent is IExpressionStatementOperation or IPropertyReferenceOperation { Property.IsIndexer: false };
    }

    private static bool AddChain(IOperation operation, List<(string, ImmutableArray<IArgumentOperation>)> calls)
    {
        int first = calls.Count;
        while (operation is IInvocationOperation { Instance: { } instance } call && IsBuilder(call.TargetMethod.ReturnType))
        {
            calls.Add((call.TargetMethod.Name, call.Arguments));
            operation = instance.WithoutConversions();
        }

        if (operation is not IObjectCreationOperation creation)
            return false;
        if (creation.Arguments is [{ Parameter.Name: "value" } text, ..])
            calls.Add(("Append", ImmutableArray.Create(text)));
        calls.Reverse(first, calls.Count - first);
        return true;
    }
}
