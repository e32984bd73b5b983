using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Flow;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>Reads the open mode from the arguments of a call: a <c>FileMode</c>, or a <c>FileStreamOptions</c> with one in its initializer.</summary>
internal sealed class FileModes
{
    private const int CreateNew = 1;
    private const int Open = 3;
    private const int ArchiveRead = 0;

    private readonly FileSystemTypes _types;
    private readonly BodyLocals _locals;

    public FileModes(FileSystemTypes types, BodyLocals locals)
    {
        _types = types;
        _locals = locals;
    }

    /// <summary>What opening with these arguments does; <paramref name="withoutMode"/> where they name no mode.</summary>
    public UseKind Read(ImmutableArray<IArgumentOperation> arguments, UseKind withoutMode)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (IsFileMode(argument.Parameter?.Type))
                return Read(argument.Value);
            if (argument.Parameter?.Type.Name == "FileStreamOptions")
                return ReadOptions(argument.Value);
        }

        return withoutMode;
    }

    /// <summary>What <c>ZipFile.Open</c> does: only creation is exclusive.</summary>
    public static UseKind ReadArchiveMode(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter?.Type.Name != "ZipArchiveMode" || argument.Value.ConstantValue is not { HasValue: true, Value: int mode })
                continue;
            return mode switch
            {
                ArchiveRead => UseKind.Open,
                1 => UseKind.CreateNew,
                _ => UseKind.Write,
            };
        }

        return UseKind.Open;
    }

    private bool IsFileMode(ITypeSymbol? type) => type is not null && SymbolEqualityComparer.Default.Equals(type, _types.FileMode);

    private UseKind Read(IOperation mode)
    {
        mode = Resolve(mode);
        if (mode is IConditionalOperation { WhenFalse: { } whenFalse } conditional)
        {
            UseKind first = Read(conditional.WhenTrue);
            UseKind second = Read(whenFalse);
            return first == second || second == UseKind.CreateNew ? first : second;
        }

        if (mode.ConstantValue is not { HasValue: true, Value: int value })
            return UseKind.Open;
        return value switch
        {
            CreateNew => UseKind.CreateNew,
            Open => UseKind.Open,
            _ => UseKind.Write,
        };
    }

    private UseKind ReadOptions(IOperation options)
    {
        options = Resolve(options);
        if (options is IObjectCreationOperation { Initializer: { } initializer })
        {
            foreach (IOperation member in initializer.Initializers)
            {
                if (member is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "Mode" } } assignment)
                    return Read(assignment.Value);
            }
        }

        return UseKind.Open;
    }

    private IOperation Resolve(IOperation operation)
    {
        while (true)
        {
            operation = _locals.AsWritten(operation);
            switch (operation)
            {
                case IConversionOperation conversion when !operation.ConstantValue.HasValue:
                    operation = conversion.Operand;
                    continue;
                case ILocalReferenceOperation local when !operation.ConstantValue.HasValue && _locals.TryInitializer(local.Local, out IOperation? initializer):
                    operation = initializer;
                    continue;
                default:
                    return operation;
            }
        }
    }
}
