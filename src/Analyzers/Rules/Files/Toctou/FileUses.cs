using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Rules.Flow;

namespace SecurityToolchain.Analyzers.Rules.Files.Toctou;

/// <summary>Recognises operations that create, open, write, delete, move or copy a path.</summary>
internal sealed class FileUses
{
    private readonly FileSystemTypes _types;
    private readonly FileModes _modes;

    public FileUses(FileSystemTypes types, BodyLocals locals)
    {
        _types = types;
        _modes = new FileModes(types, locals);
    }

    /// <summary>What an operation itself does to paths; a move or copy does two things.</summary>
    public IEnumerable<FileUse> Read(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation invocation:
                return Read(invocation);
            case IObjectCreationOperation { Constructor: { } constructor } creation when PathArgument(creation.Arguments) is { } path:
                return _types.Role(constructor.ContainingType) switch
                {
                    FileSystemRole.FileStream => One(path, _modes.Read(creation.Arguments, UseKind.Open)),
                    FileSystemRole.Reader or FileSystemRole.Loader => One(path, UseKind.Open),
                    FileSystemRole.Writer => One(path, _modes.Read(creation.Arguments, UseKind.Write)),
                    _ => [],
                };
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } instance } property } when _types.IsInfo(instance.Type):
                return property.Property.Name is "UnixFileMode" ? One(instance, UseKind.Permissions) : [];
            default:
                return [];
        }
    }

    private IEnumerable<FileUse> Read(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        FileSystemRole role = _types.Role(method.ContainingType);
        if (role == FileSystemRole.None)
            return [];
        string name = method.Name.EndsWith("Async", StringComparison.Ordinal) ? method.Name.Substring(0, method.Name.Length - 5) : method.Name;
        return role switch
        {
            FileSystemRole.File => ReadFile(invocation, name),
            FileSystemRole.Directory => ReadDirectory(invocation, name),
            FileSystemRole.FileSystem => ReadFileSystem(invocation, name),
            FileSystemRole.FileInfo or FileSystemRole.DirectoryInfo or FileSystemRole.AnyInfo => ReadInfo(invocation, name),
            FileSystemRole.InfoExtensions when name == "SetAccessControl" => One(invocation.Arguments[0].Value, UseKind.Permissions),
            FileSystemRole.FileStream => OnPath(invocation, _modes.Read(invocation.Arguments, UseKind.Open)),
            FileSystemRole.MappedFile when name == "CreateFromFile" => OnPath(invocation, _modes.Read(invocation.Arguments, UseKind.Open)),
            FileSystemRole.Document => OnPath(invocation, DocumentUse(method)),
            FileSystemRole.Archive => ReadArchive(invocation, name),
            FileSystemRole.Loader when name is "LoadFrom" or "LoadFile" or "UnsafeLoadFrom" or "LoadFromAssemblyPath" or "Load" or "LoadCertificateFromFile"
                or "LoadPkcs12FromFile" or "LoadPkcs12CollectionFromFile" or "CreateFromPemFile" => OnPath(invocation, UseKind.Open),
            _ => [],
        };
    }

    private static UseKind? DocumentUse(IMethodSymbol method) => method.Name switch
    {
        "Load" => UseKind.Open,
        "Save" => UseKind.Write,
        "Create" when method.ContainingType.Name == "XmlReader" => UseKind.Open,
        "Create" => UseKind.Write,
        _ => null,
    };

    private IEnumerable<FileUse> ReadFile(IInvocationOperation invocation, string name)
    {
        switch (name)
        {
            case "Copy" or "Move":
                return CopyOrMove(invocation, Argument(invocation, "sourceFileName"), Argument(invocation, "destFileName"));
            case "Replace":
                return
                [
                    .. One(Argument(invocation, "sourceFileName"), UseKind.Source),
                    .. One(Argument(invocation, "destinationFileName"), UseKind.Source),
                ];
            default:
                return OnPath(invocation, FileUseKind(invocation, name));
        }
    }

    private UseKind? FileUseKind(IInvocationOperation invocation, string name) => name switch
    {
        "OpenRead" or "OpenText" => UseKind.Open,
        "Open" or "OpenHandle" => _modes.Read(invocation.Arguments, UseKind.Open),
        "Create" or "CreateText" or "OpenWrite" or "AppendText" or "CreateSymbolicLink" => UseKind.Write,
        "Delete" => UseKind.Delete,
        "SetUnixFileMode" or "SetAccessControl" => UseKind.Permissions,
        _ when name.StartsWith("ReadAll", StringComparison.Ordinal) || name == "ReadLines" => UseKind.Open,
        _ when name.StartsWith("WriteAll", StringComparison.Ordinal) || name.StartsWith("AppendAll", StringComparison.Ordinal) => UseKind.Write,
        _ => null,
    };

    private static IEnumerable<FileUse> ReadDirectory(IInvocationOperation invocation, string name) => name switch
    {
        "Move" => CopyOrMove(invocation, Argument(invocation, "sourceDirName"), Argument(invocation, "destDirName")),
        "Delete" => OnPath(invocation, UseKind.Delete),
        "CreateDirectory" => OnPath(invocation, UseKind.CreateDirectory),
        "CreateSymbolicLink" => OnPath(invocation, UseKind.Write),
        "SetAccessControl" => OnPath(invocation, UseKind.Permissions),
        _ => [],
    };

    private IEnumerable<FileUse> ReadFileSystem(IInvocationOperation invocation, string name)
    {
        switch (name)
        {
            case "MoveFile" or "CopyFile" or "Move" or "Copy" or "MoveDirectory" or "CopyDirectory" when invocation.Arguments.Length >= 2:
                return CopyOrMove(invocation, invocation.Arguments[0].Value, invocation.Arguments[1].Value);
            case "DeleteFile" or "DeleteDirectory" or "Delete":
                return OnPath(invocation, UseKind.Delete);
            case "CreateDirectory":
                return OnPath(invocation, UseKind.CreateDirectory);
            case "CreateFile" or "WriteFile" or "AppendFile":
                return OnPath(invocation, UseKind.Write);
            case "ReadFile" or "OpenFile" or "OpenTextFileReader" or "OpenTextFieldParser":
                return OnPath(invocation, _modes.Read(invocation.Arguments, UseKind.Open));
            case "OpenTextFileWriter":
                return OnPath(invocation, UseKind.Write);
            default:
                return OnPath(invocation, FileUseKind(invocation, name));
        }
    }

    private IEnumerable<FileUse> ReadInfo(IInvocationOperation invocation, string name)
    {
        IOperation? info = invocation.Instance;
        switch (name)
        {
            case "MoveTo" or "CopyTo" when invocation.Arguments.Length >= 1:
                return CopyOrMove(invocation, info, invocation.Arguments[0].Value);
            case "Replace" when invocation.Arguments.Length >= 1:
                return [.. One(info, UseKind.Source), .. One(invocation.Arguments[0].Value, UseKind.Source)];
            case "Create" when _types.Role(invocation.TargetMethod.ContainingType) == FileSystemRole.DirectoryInfo:
                return One(info, UseKind.CreateDirectory);
            case "CreateAsSymbolicLink":
                return One(info, UseKind.Write);
            default:
                return One(info, FileUseKind(invocation, name));
        }
    }

    private static IEnumerable<FileUse> ReadArchive(IInvocationOperation invocation, string name)
    {
        switch (name)
        {
            case "CreateFromDirectory":
                return One(Argument(invocation, "destinationArchiveFileName") ?? Argument(invocation, "destinationFileName"), UseKind.Target);
            case "ExtractToDirectory":
                return One(Argument(invocation, "sourceArchiveFileName") ?? Argument(invocation, "sourceFileName"), UseKind.Open);
            case "OpenRead":
                return One(Argument(invocation, "archiveFileName"), UseKind.Open);
            case "Open":
                return One(Argument(invocation, "archiveFileName"), FileModes.ReadArchiveMode(invocation.Arguments));
            default:
                return [];
        }
    }

    private static IEnumerable<FileUse> CopyOrMove(IInvocationOperation invocation, IOperation? source, IOperation? target)
    {
        bool overwrites = false;
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter?.Type.SpecialType == SpecialType.System_Boolean)
                overwrites = argument.Value.ConstantValue is not { HasValue: true, Value: false };
        }

        return [.. One(source, UseKind.Source), .. One(target, overwrites ? UseKind.Write : UseKind.Target)];
    }

    private static IEnumerable<FileUse> OnPath(IInvocationOperation invocation, UseKind? kind) => One(PathArgument(invocation.Arguments), kind);

    private static IEnumerable<FileUse> One(IOperation? path, UseKind? kind) => path is not null && kind is { } known ? [new FileUse(path, known)] : [];

    private static IOperation? PathArgument(ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (IArgumentOperation argument in arguments)
        {
            if (argument.Parameter is { Type.SpecialType: SpecialType.System_String, Ordinal: 0 })
                return argument.Value;
        }

        return null;
    }

    private static IOperation? Argument(IInvocationOperation invocation, string parameter)
    {
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter is { Type.SpecialType: SpecialType.System_String } own && own.Name == parameter)
                return argument.Value;
        }

        // An abstraction may name its parameters otherwise; the order is the framework's.
        int ordinal = parameter.StartsWith("dest", StringComparison.Ordinal) ? 1 : 0;
        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter is { Type.SpecialType: SpecialType.System_String } own && own.Ordinal == ordinal)
                return argument.Value;
        }

        return null;
    }
}
