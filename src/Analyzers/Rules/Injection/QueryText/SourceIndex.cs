using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Flow;

namespace SecurityToolchain.Analyzers.Rules.Injection.QueryText;

/// <summary>
/// Finds, in the whole compilation or in one file of it, where a member is written and where a method is called. Reads nothing before the first
/// question, which comes only in compilations that have a query text with a part from elsewhere.
/// </summary>
internal sealed class SourceIndex
{
    internal const string NamelessCreation = "new()";

    private static readonly ConditionalWeakTable<Compilation, SourceIndex> s_byCompilation = new();

    private readonly Compilation _compilation;
    private readonly SyntaxTree? _file;
    private readonly ConcurrentDictionary<SyntaxNode, IOperation?> _bodies = new();
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<IOperation>> _writes = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<IOperation>> _calls = new(SymbolEqualityComparer.Default);
    private readonly Lazy<ImmutableArray<INamedTypeSymbol>> _types;

    private SourceIndex(Compilation compilation, SyntaxTree? file)
    {
        _compilation = compilation;
        _file = file;
        _types = new Lazy<ImmutableArray<INamedTypeSymbol>>(
            () => AllTypes(compilation.Assembly.GlobalNamespace).ToImmutableArray(), LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>The one index of a compilation.</summary>
    public static SourceIndex For(Compilation compilation) => s_byCompilation.GetValue(compilation, static key => new SourceIndex(key, null));

    /// <summary>
    /// An index that looks at one file only, for what an editor shows while the file is edited: there nothing may be read or bound again in the
    /// rest of the project. Ask it no more than one question and look at <see cref="IsIncomplete"/> then.
    /// </summary>
    public static SourceIndex Within(Compilation compilation, SyntaxTree file) => new(compilation, file);

    /// <summary>Whether an answer depends on files that were not looked at.</summary>
    public bool IsIncomplete { get; private set; }

    /// <summary>The operation of the whole member that an operation stands in; the operations of a flow graph do not know what surrounds their statement.</summary>
    public IOperation? Surrounding(IOperation operation)
    {
        for (SyntaxNode? node = operation.Syntax; node is not null; node = node.Parent)
        {
            if (node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax or ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax }
                || node is EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } })
            {
                return OperationAt(node);
            }
        }

        return null;
    }

    /// <summary>The operation of a method's body, or null when the method has no body in this compilation.</summary>
    public IOperation? Body(IMethodSymbol method)
    {
        IMethodSymbol definition = method.OriginalDefinition;
        definition = definition.ReducedFrom ?? definition;
        definition = definition.PartialImplementationPart ?? definition;
        foreach (SyntaxReference reference in definition.DeclaringSyntaxReferences)
        {
            if (OperationAt(reference.GetSyntax()) is { } body)
                return body;
        }

        return null;
    }

    /// <summary>The initializer of a field or property at its declaration.</summary>
    public IOperation? Initializer(ISymbol member)
    {
        foreach (SyntaxReference reference in member.DeclaringSyntaxReferences)
        {
            EqualsValueClauseSyntax? initializer = reference.GetSyntax() switch
            {
                VariableDeclaratorSyntax declarator => declarator.Initializer,
                PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            };
            if (initializer is not null && Sees(initializer.SyntaxTree) && Model(initializer.SyntaxTree).GetOperation(initializer.Value) is { } value)
                return value;
        }

        return null;
    }

    /// <summary>The operation at a syntax node; the same object each time, with all its parents.</summary>
    public IOperation? OperationAt(SyntaxNode node) => _bodies.GetOrAdd(node, one => Sees(one.SyntaxTree) ? Model(one.SyntaxTree).GetOperation(one) : null);

    /// <summary>Assignments to a field or property anywhere, and by-reference arguments; not its initializer.</summary>
    public ImmutableArray<IOperation> WritesOf(ISymbol member) => _writes.GetOrAdd(member.OriginalDefinition, FindWrites);

    /// <summary>Calls of a method, creations for a constructor; a method group that is not called counts too.</summary>
    public ImmutableArray<IOperation> CallsOf(IMethodSymbol method) => _calls.GetOrAdd(method.OriginalDefinition, symbol => FindCalls((IMethodSymbol)symbol));

    /// <summary>The members in this compilation that run when an interface, abstract or virtual member is called.</summary>
    public IEnumerable<ISymbol> ImplementationsOf(ISymbol member)
    {
        ISymbol definition = member.OriginalDefinition;
        if (!definition.IsAbstract)
            yield return definition;
        bool isInterface = definition.ContainingType?.TypeKind == TypeKind.Interface;
        if (!isInterface && !definition.IsVirtual && !definition.IsAbstract && !definition.IsOverride)
            yield break;
        if (_file is not null && ConfiningType(definition) is null)
        {
            // Whoever derives from the class or implements the interface may be anywhere.
            IsIncomplete = true;
            yield break;
        }

        foreach (INamedTypeSymbol type in _types.Value)
        {
            if (isInterface)
            {
                foreach (INamedTypeSymbol implemented in type.AllInterfaces)
                {
                    if (!SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, definition.ContainingType))
                        continue;
                    ISymbol? slot = implemented.GetMembers(definition.Name).FirstOrDefault(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, definition));
                    if (slot is not null && type.FindImplementationForInterfaceMember(slot) is { } found && !found.IsAbstract)
                        yield return found.OriginalDefinition;
                }
            }
            else
            {
                foreach (ISymbol candidate in type.GetMembers(definition.Name))
                {
                    if (candidate.IsOverride && !candidate.IsAbstract && Overrides(candidate, definition))
                        yield return candidate;
                }
            }
        }
    }

    /// <summary>The interface and base members through which a method may be called.</summary>
    public static IEnumerable<IMethodSymbol> SlotsOf(IMethodSymbol method)
    {
        for (IMethodSymbol? current = method; current is not null; current = current.OverriddenMethod)
            yield return current.OriginalDefinition;
        if (method.ContainingType is not { } type)
            yield break;
        foreach (INamedTypeSymbol implemented in type.AllInterfaces)
        {
            foreach (ISymbol slot in implemented.GetMembers())
            {
                if (slot is IMethodSymbol slotMethod && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(slot)?.OriginalDefinition, method.OriginalDefinition))
                    yield return slotMethod.OriginalDefinition;
            }
        }
    }

    private static bool Overrides(ISymbol candidate, ISymbol definition)
    {
        ISymbol? current = candidate;
        while (current is not null)
        {
            current = current switch
            {
                IMethodSymbol method => method.OverriddenMethod,
                IPropertySymbol property => property.OverriddenProperty,
                _ => null,
            };
            if (current is not null && SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, definition))
                return true;
        }

        return false;
    }

    private static IEnumerable<INamedTypeSymbol> AllTypes(INamespaceOrTypeSymbol container)
    {
        foreach (ISymbol member in container.GetMembers())
        {
            if (member is not INamespaceOrTypeSymbol inner)
                continue;
            if (inner is INamedTypeSymbol type)
                yield return type;
            foreach (INamedTypeSymbol nested in AllTypes(inner))
                yield return nested;
        }
    }

    private SemanticModel Model(SyntaxTree tree) => BodyGraphs.Model(_compilation, tree);

    private ImmutableArray<IOperation> FindWrites(ISymbol member)
    {
        var found = ImmutableArray.CreateBuilder<IOperation>();
        foreach (SyntaxNode name in Candidates(member, static (names, name) => names.Writes(name), member.Name))
        {
            SyntaxNode target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            if (OperationAt(target) is not { } reference || !IsReferenceTo(reference, member))
                continue;
            IOperation? write = reference.Parent;
            while (write is ITupleOperation or IConversionOperation or IDeclarationExpressionOperation)
                write = write.Parent;
            if (write is IAssignmentOperation or IArgumentOperation or IIncrementOrDecrementOperation)
                found.Add(write);
        }

        return found.ToImmutable();
    }

    private static bool IsReferenceTo(IOperation reference, ISymbol member) =>
        reference is IMemberReferenceOperation one && SymbolEqualityComparer.Default.Equals(one.Member.OriginalDefinition, member);

    private ImmutableArray<IOperation> FindCalls(IMethodSymbol method)
    {
        var found = ImmutableArray.CreateBuilder<IOperation>();
        bool isConstructor = method.MethodKind == MethodKind.Constructor;
        IEnumerable<SyntaxNode> candidates = Candidates(method, static (names, name) => names.Mentions(name), isConstructor ? method.ContainingType.Name : method.Name);
        if (isConstructor)
            candidates = candidates.Concat(Candidates(method, static (names, name) => names.Mentions(name), NamelessCreation));
        foreach (SyntaxNode node in candidates)
        {
            IOperation? operation = OperationAt(node);
            if (operation is IExpressionStatementOperation statement)
                operation = statement.Operation;
            IMethodSymbol? target = operation switch
            {
                IInvocationOperation invocation => invocation.TargetMethod,
                IObjectCreationOperation creation => creation.Constructor,
                IMethodReferenceOperation reference => reference.Method,
                _ => null,
            };
            target = target?.ReducedFrom ?? target;
            if (target is not null && SymbolEqualityComparer.Default.Equals(target.OriginalDefinition, method))
                found.Add(operation!);
        }

        return found.ToImmutable();
    }

    /// <summary>The places that may mean a symbol, by its name. A private symbol is meant only where its type is declared.</summary>
    private IEnumerable<SyntaxNode> Candidates(ISymbol symbol, Func<SourceNames, string, IReadOnlyList<SyntaxNode>> ask, string name)
    {
        IEnumerable<SyntaxTree> files = ConfiningType(symbol) is { } type
            ? type.DeclaringSyntaxReferences.Select(static reference => reference.SyntaxTree).Distinct()
            : _compilation.SyntaxTrees;
        foreach (SyntaxTree file in files)
        {
            IReadOnlyList<SyntaxNode> places = ask(SourceNames.Of(file), name);
            if (places.Count == 0 || !Sees(file))
                continue;
            foreach (SyntaxNode place in places)
                yield return place;
        }
    }

    private bool Sees(SyntaxTree file)
    {
        if (_file is null || file == _file)
            return true;
        IsIncomplete = true;
        return false;
    }

    /// <summary>The type in whose declarations alone a symbol can be named; null when there is none.</summary>
    private static INamedTypeSymbol? ConfiningType(ISymbol symbol)
    {
        if (symbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction })
            return symbol.ContainingType;
        for (ISymbol current = symbol; current.ContainingType is { } outer; current = outer)
        {
            if (current.DeclaredAccessibility == Accessibility.Private)
                return outer;
        }

        return null;
    }
}
