using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Flow;
using SecurityToolchain.Analyzers.Symbols;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>Paths that were chosen because they exist: <c>candidates.FirstOrDefault(File.Exists)</c>, <c>foreach (... in paths.Where(File.Exists))</c>.</summary>
internal sealed class FilteredPaths
{
    private const int MostCalls = 8;

    private readonly FileSystemTypes _types;
    private readonly BodyLocals _locals;

    public FilteredPaths(FileSystemTypes types, BodyLocals locals)
    {
        _types = types;
        _locals = locals;
    }

    /// <summary>The check that a value which is assigned to a local has passed, or null.</summary>
    public CheckOutcome? Read(ILocalSymbol local, IOperation value)
    {
        IOperation? chosen = _locals.TryCollection(local, out IOperation? collection) ? collection : null;
        if (chosen is null)
        {
            if (_locals.AsWritten(value).WithoutConversions() is not IInvocationOperation { TargetMethod.Name: "First" or "FirstOrDefault" or "Single" or "SingleOrDefault"
                or "Last" or "LastOrDefault" or "Find" or "FindLast" } choice)
            {
                return null;
            }

            chosen = choice;
        }

        for (int call = 0; call < MostCalls && chosen?.WithoutConversions() is IInvocationOperation invocation; call++)
        {
            foreach (IArgumentOperation argument in invocation.Arguments)
            {
                if (Predicate(argument.Value.WithoutConversions()) is { } kind)
                {
                    var check = new PathCheck(argument.Syntax, PathKey.Of(local), kind, "Exists", argument.Syntax.GetLocation());
                    return new CheckOutcome(check, Positive: true);
                }
            }

            if (invocation.TargetMethod.Name is "Select" or "SelectMany" or "Cast")
                return null;
            chosen = invocation.Receiver();
            if (chosen?.WithoutConversions() is ILocalReferenceOperation list && _locals.TryInitializer(list.Local, out IOperation? initializer))
                chosen = initializer;
        }

        return null;
    }

    private CheckKind? Predicate(IOperation value)
    {
        if (value is IDelegateCreationOperation creation)
            value = creation.Target;
        if (value is IFlowAnonymousFunctionOperation)
            return null;
        switch (value)
        {
            case IMethodReferenceOperation { Method: { } method }:
                return Kind(method);
            case IAnonymousFunctionOperation { Symbol.Parameters: [{ } parameter] } lambda:
                IReturnOperation? result = lambda.Body.Operations.OfType<IReturnOperation>().FirstOrDefault();
                return result?.ReturnedValue is IInvocationOperation { Arguments: [{ } argument] } call
                    && argument.Value.WithoutConversions() is IParameterReferenceOperation reference
                    && SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter)
                        ? Kind(call.TargetMethod)
                        : null;
            default:
                return null;
        }
    }

    private CheckKind? Kind(IMethodSymbol method) => (_types.Role(method.ContainingType), method.Name) switch
    {
        (FileSystemRole.File or FileSystemRole.Path, "Exists") => CheckKind.FileExists,
        (FileSystemRole.FileSystem, "FileExists") => CheckKind.FileExists,
        (FileSystemRole.Directory, "Exists") => CheckKind.DirectoryExists,
        _ => null,
    };
}
