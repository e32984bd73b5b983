using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;
using SecurityToolchain.Analyzers.Taint.Outline;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>All bodies of a run: of the whole compilation, or of one file while it is being edited.</summary>
internal sealed class ProgramIndex
{
    private readonly Dictionary<IMethodSymbol, Body> _bodies = new(SymbolEqualityComparer.Default);
    private readonly List<Body> _ordered = new();
    private readonly Dictionary<ISymbol, IOperation> _initializers = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _assigned = new(SymbolEqualityComparer.Default);
    private readonly HashSet<IMethodSymbol> _called = new(SymbolEqualityComparer.Default);
    private readonly HashSet<IMethodSymbol> _referenced = new(SymbolEqualityComparer.Default);
    private readonly List<FlowOutline> _outlines = new();
    private NeededBodies? _needed;
    private HashSet<Body> _relevant = new();
    private HashSet<Body> _onCall = new();
    private readonly Compilation _compilation;
    private readonly bool _isWhole;

    /// <summary>Puts files together.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="files">The files, in a fixed order.</param>
    /// <param name="isWhole">Whether these are all files of the compilation.</param>
    public ProgramIndex(Compilation compilation, IEnumerable<FileIndex> files, bool isWhole)
    {
        _compilation = compilation;
        _isWhole = isWhole;
        var initializers = new List<(ISymbol Member, IOperation Initializer, OperationScan Scan)>();
        foreach (FileIndex file in files)
        {
            foreach (Body body in file.Bodies)
                Add(body);
            initializers.AddRange(file.Initializers);
            _assigned.UnionWith(file.Assigned);
            _outlines.Add(file.Outline);
        }

        AddInitializers(initializers);
    }

    /// <summary>The bodies in a fixed order.</summary>
    public IReadOnlyList<Body> OrderedBodies => _ordered;

    /// <summary>The body of a method.</summary>
    public Body? Find(IMethodSymbol method) => _bodies.TryGetValue(method.OriginalDefinition, out Body? body) ? body : null;

    /// <summary>Whether the method has code in a file that is not part of this run.</summary>
    public bool IsElsewhere(IMethodSymbol method) =>
        !_isWhole && !method.IsAbstract && !method.IsExtern && !method.IsImplicitlyDeclared && method.IsInSource() && method.MethodKind is not (MethodKind.LambdaMethod or MethodKind.LocalFunction)
        && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _compilation.Assembly)
        && !(method.AssociatedSymbol is IPropertySymbol property && IsAutomatic(property));

    /// <summary>Whether the body can take part in a flow that a rule wants.</summary>
    public bool IsRelevant(Body body) => _relevant.Contains(body);

    /// <summary>Whether what a variable or member holds when a body begins may matter to what rules look for.</summary>
    public bool Carries(ISymbol symbol, NodeRole role, Body body) => _needed?.Carries(symbol, role, !_relevant.Contains(body) && !body.IsClosure) != false;

    /// <summary>Whether a call of the body tells nothing about flows that a rule wants.</summary>
    public bool IsSkipped(Body body) => !body.IsClosure && !_relevant.Contains(body) && !_onCall.Contains(body);

    /// <summary>Whether somebody outside the run may call the method.</summary>
    public bool IsRoot(Body body)
    {
        IMethodSymbol method = body.Method;
        if (body.IsEntryPoint || !_called.Contains(method) || _referenced.Contains(method) || method.IsOverride)
            return true;
        return !_isWhole && method.DeclaredAccessibility != Accessibility.Private;
    }

    /// <summary>Finds the bodies that take part in flows which a rule wants.</summary>
    /// <param name="model">The library.</param>
    /// <param name="types">The classes.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Whether there are any.</returns>
    public bool FindRelevant(TaintModel model, TypeIndex types, CancellationToken cancellationToken)
    {
        var needed = new NeededBodies(model, this, _outlines, types, cancellationToken);
        _needed = needed;
        _relevant = needed.Needed;
        _onCall = needed.OnCall;
        if (_relevant.Count == 0)
            return false;
        FindCalled(types);
        return true;
    }

    /// <summary>The constant that a field or property always holds.</summary>
    public object? ConstantOf(ISymbol member)
    {
        ISymbol definition = member.OriginalDefinition;
        if (definition is IFieldSymbol { ContainingType.SpecialType: SpecialType.System_String, Name: "Empty" })
            return string.Empty;
        if (!_initializers.TryGetValue(definition, out IOperation? initializer) || _assigned.Contains(definition))
            return null;
        bool isFixed = definition switch
        {
            IFieldSymbol field => field.IsReadOnly || (definition.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal) && IsSeenWhole(definition)),
            IPropertySymbol property => property.SetMethod is null && !property.IsVirtual && !property.IsOverride,
            _ => false,
        };
        return isFixed && Value(initializer)?.ConstantValue is { HasValue: true } constant ? Constants.Normalize(constant.Value) : null;
    }

    /// <summary>The pattern of a regular expression in a field, or in the attribute of a generated one.</summary>
    public string? RegexPattern(IOperation regex)
    {
        ISymbol? member = regex.WithoutConversions() switch
        {
            IFieldReferenceOperation field => field.Field,
            IPropertyReferenceOperation property => property.Property,
            IInvocationOperation call => call.TargetMethod,
            _ => null,
        };
        if (member is null)
            return null;
        foreach (AttributeData attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "GeneratedRegexAttribute" && attribute.ConstructorArguments.Length > 0)
                return attribute.ConstructorArguments[0].Value as string;
        }

        return _initializers.TryGetValue(member.OriginalDefinition, out IOperation? initializer) && !_assigned.Contains(member.OriginalDefinition)
            && Value(initializer) is IObjectCreationOperation { Arguments.Length: > 0 } creation && creation.Arguments[0].Value.ConstantValue is { HasValue: true, Value: string pattern }
            ? pattern
            : null;
    }

    private static IOperation? Value(IOperation initializer) => (initializer as ISymbolInitializerOperation)?.Value.WithoutConversions();

    private static bool IsAutomatic(IPropertySymbol property)
    {
        foreach (ISymbol member in property.ContainingType.GetMembers())
        {
            if (member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
                return true;
        }

        return false;
    }

    /// <summary>While one file is analysed, only a private member of a class in one piece is seen whole.</summary>
    private bool IsSeenWhole(ISymbol member) => _isWhole || (member.DeclaredAccessibility == Accessibility.Private && member.ContainingType.DeclaringSyntaxReferences.Length == 1);

    private void Add(Body body)
    {
        if (_bodies.ContainsKey(body.Method))
            return;
        _bodies.Add(body.Method, body);
        _ordered.Add(body);
    }

    private void AddInitializers(List<(ISymbol Member, IOperation Initializer, OperationScan Scan)> initializers)
    {
        var byType = new Dictionary<INamedTypeSymbol, (List<(IOperation, OperationScan)> Static, List<(IOperation, OperationScan)> Instance)>(SymbolEqualityComparer.Default);
        foreach ((ISymbol member, IOperation initializer, OperationScan scan) in initializers)
        {
            _initializers[member] = initializer;
            if (!byType.TryGetValue(member.ContainingType, out (List<(IOperation, OperationScan)> Static, List<(IOperation, OperationScan)> Instance) lists))
                byType.Add(member.ContainingType, lists = (new List<(IOperation, OperationScan)>(), new List<(IOperation, OperationScan)>()));
            (member.IsStatic ? lists.Static : lists.Instance).Add((initializer, scan));
        }

        foreach (KeyValuePair<INamedTypeSymbol, (List<(IOperation, OperationScan)> Static, List<(IOperation, OperationScan)> Instance)> type in byType)
        {
            Attach(type.Key.StaticConstructors, type.Value.Static);
            Attach(type.Key.InstanceConstructors, type.Value.Instance);
        }
    }

    private void Attach(ImmutableArray<IMethodSymbol> constructors, List<(IOperation Operation, OperationScan Scan)> initializers)
    {
        if (initializers.Count == 0)
            return;
        if (constructors.IsEmpty)
            return;
        foreach (IMethodSymbol constructor in constructors)
        {
            if (!_bodies.TryGetValue(constructor, out Body? body))
                Add(body = new Body { Method = constructor, Tree = initializers[0].Operation.Syntax.SyntaxTree, Syntax = initializers[0].Operation.Syntax });
            var operations = ImmutableArray.CreateBuilder<IOperation>(initializers.Count);
            foreach ((IOperation operation, OperationScan scan) in initializers)
            {
                operations.Add(operation);
                scan.Store(body);
            }

            body.Initializers = operations.ToImmutable();
        }
    }

    private void FindCalled(TypeIndex types)
    {
        foreach (Body body in _ordered)
        {
            bool isSkipped = IsSkipped(body);
            foreach (Body callee in CallGraph.Callees(body, this, types))
            {
                // What code that is not looked at calls has no caller that is known.
                if (isSkipped)
                    _referenced.Add(callee.Method);
                else if (!ReferenceEquals(callee, body))
                    _called.Add(callee.Method);
            }

            _referenced.UnionWith(body.Referenced);
        }
    }
}
