using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Flow;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>What one look over a body tells about the file system, before any flow is followed.</summary>
/// <param name="Checks">Whether it asks about a path.</param>
/// <param name="Uses">Whether it creates, opens, writes, deletes, moves or copies one.</param>
/// <param name="Callees">Methods with source that it calls.</param>
internal sealed record FileTouch(bool Checks, bool Uses, IReadOnlyCollection<IMethodSymbol> Callees)
{
    /// <summary>Looks over a body, lambdas and local functions included.</summary>
    public static FileTouch Read(IOperation body, FileSystemTypes types)
    {
        var fileUses = new FileUses(types, BodyLocals.Read([]));
        bool checks = false;
        bool uses = false;
        var callees = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        var pending = new Stack<IOperation>();
        pending.Push(body);
        while (pending.Count > 0)
        {
            IOperation operation = pending.Pop();
            foreach (IOperation child in operation.ChildOperations)
                pending.Push(child);
            switch (operation)
            {
                case IInvocationOperation invocation:
                    checks |= CheckReader.KindOf(invocation.TargetMethod, types) is not null;
                    uses |= fileUses.Read(invocation).Any();
                    Call(invocation.TargetMethod);
                    break;
                case IMethodReferenceOperation reference:
                    checks |= CheckReader.KindOf(reference.Method, types) is not null;
                    Call(reference.Method);
                    break;
                case IObjectCreationOperation creation:
                    uses |= fileUses.Read(creation).Any();
                    break;
                case IPropertyReferenceOperation property:
                    if (types.IsInfo(property.Instance?.Type))
                        checks = true;
                    else if (property.Property.GetMethod is { } getter)
                        Call(getter);
                    uses |= property.Parent is ISimpleAssignmentOperation assignment && fileUses.Read(assignment).Any();
                    break;
            }
        }

        return new FileTouch(checks, uses, callees);

        void Call(IMethodSymbol method)
        {
            IMethodSymbol definition = method.OriginalDefinition;
            if (!definition.DeclaringSyntaxReferences.IsEmpty && definition.MethodKind != MethodKind.LocalFunction)
                callees.Add(definition);
        }
    }
}
