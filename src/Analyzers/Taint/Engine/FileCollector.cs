using System.Collections.Generic;
using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SecurityToolchain.Analyzers.Taint.Outline;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <summary>Finds the bodies of a file through its semantic model, which the compiler's other analyzers share.</summary>
internal sealed class FileCollector
{
    private readonly SemanticModel _semanticModel;
    private readonly TaintModel _model;
    private readonly CancellationToken _cancellationToken;
    private readonly OutlineWalk _walk;
    private readonly FileIndex _file;

    private FileCollector(SemanticModel semanticModel, TaintModel model, TypeIndex types, CancellationToken cancellationToken)
    {
        _semanticModel = semanticModel;
        _model = model;
        _cancellationToken = cancellationToken;
        _walk = new OutlineWalk(model, types);
        _file = new FileIndex { Outline = _walk.Outline };
    }

    /// <summary>Looks over the file once.</summary>
    public static FileIndex Collect(SemanticModel semanticModel, TaintModel model, TypeIndex types, CancellationToken cancellationToken)
    {
        var collector = new FileCollector(semanticModel, model, types, cancellationToken);
        SyntaxNode root = semanticModel.SyntaxTree.GetRoot(cancellationToken);
        foreach (SyntaxNode node in root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax or BasePropertyDeclarationSyntax or AccessorListSyntax
            or BaseFieldDeclarationSyntax or VariableDeclarationSyntax or EventDeclarationSyntax))
        {
            cancellationToken.ThrowIfCancellationRequested();
            collector.Visit(node);
        }

        if (root is CompilationUnitSyntax unit && HasStatements(unit))
            collector.AddBody(unit, semanticModel.GetDeclaredSymbol(unit, cancellationToken), unit);
        return collector._file;
    }

    private static bool HasStatements(CompilationUnitSyntax unit)
    {
        foreach (MemberDeclarationSyntax member in unit.Members)
        {
            if (member is GlobalStatementSyntax)
                return true;
        }

        return false;
    }

    private void Visit(SyntaxNode node)
    {
        switch (node)
        {
            case BaseMethodDeclarationSyntax method when method.Body is not null || method.ExpressionBody is not null:
                AddBody(method, _semanticModel.GetDeclaredSymbol(method, _cancellationToken), method);
                break;
            case AccessorDeclarationSyntax accessor when accessor.Body is not null || accessor.ExpressionBody is not null:
                AddBody(accessor, _semanticModel.GetDeclaredSymbol(accessor, _cancellationToken), accessor);
                break;
            case PropertyDeclarationSyntax property:
                if (property.ExpressionBody is not null)
                    AddBody(property, _semanticModel.GetDeclaredSymbol(property, _cancellationToken)?.GetMethod, property.ExpressionBody);
                if (property.Initializer is not null)
                    AddInitializer(_semanticModel.GetDeclaredSymbol(property, _cancellationToken), property.Initializer);
                break;
            case IndexerDeclarationSyntax { ExpressionBody: { } expression } indexer:
                AddBody(indexer, _semanticModel.GetDeclaredSymbol(indexer, _cancellationToken)?.GetMethod, expression);
                break;
            case VariableDeclaratorSyntax { Initializer: { } initializer, Parent.Parent: BaseFieldDeclarationSyntax } variable:
                AddInitializer(_semanticModel.GetDeclaredSymbol(variable, _cancellationToken), initializer);
                break;
            case TypeDeclarationSyntax { ParameterList: not null } type:
                AddPrimaryConstructor(type);
                break;
        }
    }

    private void AddBody(SyntaxNode declaration, IMethodSymbol? method, SyntaxNode code)
    {
        if (method is null || _semanticModel.GetOperation(code, _cancellationToken) is not { } root)
            return;
        Add(new Body { Method = Definition(method), Tree = _semanticModel.SyntaxTree, Root = root, Syntax = declaration }, root);
    }

    private static IMethodSymbol Definition(IMethodSymbol method) => method.PartialImplementationPart ?? method;

    private void AddInitializer(ISymbol? member, EqualsValueClauseSyntax initializer)
    {
        if (member is null or IFieldSymbol { IsConst: true } || _semanticModel.GetOperation(initializer, _cancellationToken) is not { } operation)
            return;
        var scan = new OperationScan(_model, _file);
        scan.Run(operation);
        scan.AddOwner(member);
        _walk.AddInitializer(member, operation);
        _file.Initializers.Add((member, operation, scan));
        _file.Sources |= scan.Sources;
        _file.Sinks |= scan.Sinks;
    }

    private void AddPrimaryConstructor(TypeDeclarationSyntax type)
    {
        if (_semanticModel.GetDeclaredSymbol(type, _cancellationToken) is not { } symbol)
            return;
        foreach (IMethodSymbol constructor in symbol.InstanceConstructors)
        {
            if (constructor.DeclaringSyntaxReferences.IsEmpty || constructor.DeclaringSyntaxReferences[0].Span != type.Span)
                continue;
            PrimaryConstructorBaseTypeSyntax? baseType = null;
            foreach (BaseTypeSyntax candidate in type.BaseList?.Types ?? default)
                baseType ??= candidate as PrimaryConstructorBaseTypeSyntax;
            IOperation? call = baseType is null ? null : _semanticModel.GetOperation(baseType, _cancellationToken);
            Add(new Body { Method = constructor, Tree = _semanticModel.SyntaxTree, Syntax = type, PrimaryBaseCall = call }, call);
        }
    }

    private void Add(Body body, IOperation? root)
    {
        var scan = new OperationScan(_model, _file);
        scan.AddParameters(body.Method);
        if (body.Root is null)
            scan.AddPrimaryMembers(body.Method);
        if (root is not null)
            scan.Run(root);
        scan.Store(body);
        _walk.AddBody(body.Method, body.Root, body.PrimaryBaseCall);
        _file.Bodies.Add(body);
        _file.Sources |= body.Sources;
        _file.Sinks |= body.Sinks;
    }
}
