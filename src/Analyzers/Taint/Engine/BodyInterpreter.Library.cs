using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using SecurityToolchain.Analyzers.Symbols;
using SecurityToolchain.Analyzers.Taint.Model;

namespace SecurityToolchain.Analyzers.Taint.Engine;

/// <content>Members of libraries, of which only the signature and perhaps rows are known.</content>
internal sealed partial class BodyInterpreter
{
    private AbstractValue CallLibrary(IOperation operation, IMethodSymbol method, AbstractValue? receiver, AbstractValue[] arguments, IOperation?[] operations, MemberModel? model)
    {
        if (model?.Propagators is { } propagators)
            return ApplyPropagators(operation, method, propagators, receiver, arguments, operations);
        AbstractValue result = CallUnknown(operation, method, receiver, arguments, operations);
        return result.Facts.Length > 0 && LibraryMeasures.IsMeasure(method) ? result.WithFacts(FactSet.Empty) : result;
    }

    private AbstractValue CallUnknown(IOperation operation, IMethodSymbol method, AbstractValue? receiver, AbstractValue[] arguments, IOperation?[] operations)
    {
        if (method.MethodKind == MethodKind.Conversion && arguments.Length == 1)
            return ValueTypes.IsAtomic(method.ReturnType) && arguments[0].Objects.Length > 0 ? AbstractValue.Of(DeepFacts(arguments[0])) : arguments[0].WithConstant(null);
        if (method.ContainingType?.SpecialType == SpecialType.System_String && CallText(operation, method, receiver, arguments) is { } text)
            return text;
        switch (method.Name)
        {
            case "GetInvalidFileNameChars" or "GetInvalidPathChars":
                CleanReplaced(operation);
                return AbstractValue.Clean;
            case "<Clone>$" when receiver is not null:
                return CopyObject(receiver, operation.Syntax, "with", method.ReturnType);
            case "GetEnumerator" or "GetAsyncEnumerator" when receiver is not null:
                return receiver;
            case "MoveNext" or "MoveNextAsync" or "Dispose" or "DisposeAsync":
                return AbstractValue.Clean;
            case "ToString" when receiver is not null && arguments.Length == 0:
                return ConvertToText((operation as IInvocationOperation)?.Instance ?? operation, receiver) ?? AbstractValue.Of(DeepFacts(receiver)).WithPrefix(receiver.Prefix).WithConstant(receiver.Constant as string);
            case "AsSpan" or "AsMemory" or "Slice" or "AsReadOnly" or "ConfigureAwait" or "GetAwaiter" or "AsTask" or "WithCancellation" or "AsAsyncEnumerable" or "AsEnumerable" or "AsQueryable"
                or "GetResult" or "Unwrap":
                AbstractValue whole = receiver ?? (arguments.Length > 0 ? arguments[0] : AbstractValue.Clean);
                return arguments.Length > (receiver is null ? 1 : 0) && method.Name is "AsSpan" or "Slice" ? whole.WithConstant(null).WithPrefix(null) : whole;
            case "WaitAsync" when receiver is not null:
                return receiver;
            case "SetValue" or "GetValue" when method.ContainingType?.SpecialType == SpecialType.System_Array && receiver is not null:
                object? index = arguments.Length > 0 ? arguments[arguments.Length - 1].Constant : null;
                if (method.Name == "GetValue")
                    return Read(receiver, index is null ? Step.Element : _places.Key(index), null);
                WriteElement(receiver, index, arguments[0], operation.Syntax);
                return AbstractValue.Clean;
        }

        if (CallCollection(operation, method, receiver, arguments, operations) is { } collection)
            return collection;
        foreach (AbstractValue argument in arguments)
        {
            if (argument.Objects.Length > 0 && argument.Objects[0].ExactType is { } type && SymbolInSource(type))
                NoteEscaped(argument);
        }

        Fact[] inputs = FactSet.End(InputFacts(operation, method, receiver, arguments, out bool hasDelegates), _model.EndedBy(method));
        WriteDefault(method, receiver, arguments, operations, operation, inputs);
        // Builders return themselves.
        if (receiver is { Objects.Length: > 0 } && !method.IsStatic && IsMutator(method.Name) && SymbolEqualityComparer.Default.Equals(method.ReturnType, method.ContainingType) && !hasDelegates)
            return receiver.WithPrefix(null);
        AbstractValue? generic = CallGeneric(operation, method, receiver, arguments, operations, inputs);
        if (generic is not null)
            return WithSelectors(generic, method, arguments);
        if (hasDelegates)
            inputs = CallDelegates(operation, method, receiver, arguments, inputs);
        return DefaultResult(operation, method, inputs);
    }

    /// <summary>An element that a number selected can be guessed as well as the number.</summary>
    private static AbstractValue WithSelectors(AbstractValue element, IMethodSymbol method, AbstractValue[] arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Facts.Length > 0 && LibraryMeasures.IsSelector(method.Parameters[i]))
                element = Selected(element, arguments[i]);
        }

        return element;
    }

    private AbstractValue DefaultResult(IOperation operation, IMethodSymbol method, Fact[] inputs)
    {
        if (method.ReturnsVoid || method.ReturnType.SpecialType == SpecialType.System_Boolean)
            return AbstractValue.Clean;
        if (ValueTypes.IsNumber(method.ReturnType))
            inputs = FactSet.AddFlags(inputs, FactFlags.ThroughNumber);
        AbstractValue result = AbstractValue.Of(FactSet.AddStep(inputs, operation.Syntax, method, TraceKind.Through));
        return ValueTypes.IsAtomic(method.ReturnType) ? result : result.WithObjects(new[] { Allocate(operation.Syntax, "call", null, isFresh: false) });
    }

    /// <summary>Everything that goes into a call, as facts; joined with each other where several texts go in.</summary>
    private Fact[] InputFacts(IOperation operation, IMethodSymbol method, AbstractValue? receiver, AbstractValue[] arguments, out bool hasDelegates)
    {
        _ = operation;
        hasDelegates = false;
        int contents = 0;
        Fact[] facts = FactSet.Empty;
        if (receiver is not null)
        {
            facts = DeepFacts(receiver);
            if (facts.Length > 0 || method.ContainingType?.SpecialType == SpecialType.System_String)
                contents += receiver.Constant is null ? 1 : 0;
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            AbstractValue argument = arguments[i];
            if (argument.Targets.Length > 0 || method.Parameters[i].Type.TypeKind == TypeKind.Delegate || method.Parameters[i].Type.SpecialType == SpecialType.System_Delegate)
            {
                hasDelegates = true;
                continue;
            }

            if (IsToken(method.Parameters[i].Type) || LibraryMeasures.IsMeasure(method.Parameters[i]))
                continue;
            Fact[] more = DeepFacts(argument);
            if (more.Length > 0 && LibraryMeasures.IsSelector(method.Parameters[i]))
                more = FactSet.End(more, SourceKinds.NotCarriedByIndexes);
            if (argument.Constant is null && (more.Length > 0 || method.Parameters[i].Type.SpecialType == SpecialType.System_String))
                contents++;
            facts = FactSet.Join(facts, more);
        }

        return contents > 1 ? FactSet.AddFlags(facts, FactFlags.Mixed) : facts;
    }

    private static bool IsToken(ITypeSymbol type) => type.Name is "CancellationToken" or "IFormatProvider" or "CultureInfo" or "StringComparison" or "Encoding" or "Type" or "IServiceProvider";

    /// <summary>Library methods that store what they get, by name: into their receiver, into buffers and streams that they get.</summary>
    private void WriteDefault(IMethodSymbol method, AbstractValue? receiver, AbstractValue[] arguments, IOperation?[] operations, IOperation operation, Fact[] inputs)
    {
        if (inputs.Length == 0)
            return;
        if (receiver is { Objects.Length: > 0 } && IsMutator(method.Name) && !ValueTypes.IsAtomic(method.ContainingType))
        {
            AbstractValue content = AbstractValue.Of(FactSet.AddStep(inputs, operation.Syntax, method, TraceKind.Through));
            if (!IsGenericStore(method))
                Write(receiver, Step.Element, content, isStrong: false);
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            IParameterSymbol parameter = method.Parameters[i];
            bool isOutput = parameter.RefKind is RefKind.Out or RefKind.Ref;
            if (isOutput && parameter.OriginalDefinition.Type.TypeKind != TypeKind.TypeParameter && operations[i] is { } target)
            {
                Fact[] facts = ValueTypes.IsNumber(parameter.Type) ? FactSet.AddFlags(inputs, FactFlags.ThroughNumber) : inputs;
                AbstractValue value = AbstractValue.Of(FactSet.AddStep(facts, operation.Syntax, method, TraceKind.Through));
                Assign(target, ValueTypes.IsAtomic(parameter.Type) ? value : value.WithObjects(new[] { Allocate(operation.Syntax, parameter, null, isFresh: false) }), operation);
            }
            else if (!isOutput && arguments[i].Objects.Length > 0 && IsBuffer(parameter.Type) && FillsBuffers(method))
            {
                Fact[] others = receiver is null ? FactSet.Empty : DeepFacts(receiver);
                for (int k = 0; k < arguments.Length; k++)
                    others = k == i ? others : FactSet.Join(others, DeepFacts(arguments[k]));
                if (others.Length > 0)
                    Write(arguments[i], Step.Element, AbstractValue.Of(FactSet.AddStep(others, operation.Syntax, method, TraceKind.Through)), isStrong: false);
            }
        }
    }

    private static bool IsGenericStore(IMethodSymbol method)
    {
        foreach (IParameterSymbol parameter in method.OriginalDefinition.Parameters)
        {
            if (parameter.Type is ITypeParameterSymbol { DeclaringMethod: null })
                return true;
        }

        return false;
    }

    private static bool IsMutator(string name) =>
        name.StartsWith("Add", StringComparison.Ordinal) || name.StartsWith("Append", StringComparison.Ordinal) || name.StartsWith("Write", StringComparison.Ordinal)
        || name.StartsWith("Insert", StringComparison.Ordinal) || name.StartsWith("Set", StringComparison.Ordinal) || name.StartsWith("Push", StringComparison.Ordinal)
        || name.StartsWith("Enqueue", StringComparison.Ordinal) || name.StartsWith("TryAdd", StringComparison.Ordinal) || name.StartsWith("Put", StringComparison.Ordinal)
        || name.StartsWith("Load", StringComparison.Ordinal) || name.StartsWith("TryWrite", StringComparison.Ordinal) || name.StartsWith("Copy", StringComparison.Ordinal)
        || name.StartsWith("Replace", StringComparison.Ordinal) || name is "Include" or "Store" or "Union" or "UnionWith" or "TransformBlock" or "Import" or "Advance";

    internal static bool FillsBuffers(IMethodSymbol method)
    {
        // What a writer or stream is given goes into itself.
        bool writes = method.Name.StartsWith("Write", StringComparison.Ordinal) || method.Name.StartsWith("Append", StringComparison.Ordinal);
        return writes && !method.IsStatic ? !IsBuffer(method.ContainingType) : FillsBuffers(method.Name);
    }

    private static bool FillsBuffers(string name) =>
        name.StartsWith("Copy", StringComparison.Ordinal) || name.StartsWith("Read", StringComparison.Ordinal) || name.StartsWith("Get", StringComparison.Ordinal) || name.StartsWith("Try", StringComparison.Ordinal)
        || name.StartsWith("Write", StringComparison.Ordinal) || name.StartsWith("Serialize", StringComparison.Ordinal) || name.StartsWith("Save", StringComparison.Ordinal)
        || name.StartsWith("Encode", StringComparison.Ordinal) || name.StartsWith("Decode", StringComparison.Ordinal) || name.StartsWith("Append", StringComparison.Ordinal)
        || name.StartsWith("Block", StringComparison.Ordinal) || name.StartsWith("Convert", StringComparison.Ordinal) || name.StartsWith("To", StringComparison.Ordinal)
        || name.StartsWith("Fill", StringComparison.Ordinal) || name.StartsWith("Deserialize", StringComparison.Ordinal) || name.StartsWith("Populate", StringComparison.Ordinal)
        || name.StartsWith("Compress", StringComparison.Ordinal);

    internal static bool IsBuffer(ITypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Array || type is { Name: "Span" or "Memory" or "ArraySegment" or "StringBuilder" or "Array" })
            return true;
        for (ITypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            if (current.Name is "Stream" or "TextWriter" or "BinaryWriter" or "XmlWriter" or "Utf8JsonWriter" or "JsonWriter" && current.ContainingNamespace is { IsGlobalNamespace: false })
                return true;
        }

        return type.Name is "IBufferWriter" or "SerializationInfo" or "XmlDictionaryWriter" or "PipeWriter";
    }

    private Fact[] CallDelegates(IOperation operation, IMethodSymbol method, AbstractValue? receiver, AbstractValue[] arguments, Fact[] inputs)
    {
        AbstractValue given = AbstractValue.Of(inputs);
        for (int i = 0; i < arguments.Length; i++)
        {
            AbstractValue argument = arguments[i];
            if (argument.Targets.Length == 0 && !HasDelegateInput(argument, method.Parameters[i].Type))
                continue;
            int count = (method.Parameters[i].Type as INamedTypeSymbol)?.DelegateInvokeMethod?.Parameters.Length ?? (argument.Targets.Length > 0 ? argument.Targets[0].Method.Parameters.Length : 0);
            bool isEndpoint = _model.Member(method) is { DelegateSources.Count: > 0 };
            if (isEndpoint)
                continue;
            var values = new AbstractValue[count];
            for (int k = 0; k < count; k++)
                values[k] = given;
            NoteEscaped(argument);
            AbstractValue result = InvokeDelegate(operation, argument, values, null, Compilation.ObjectType);
            inputs = FactSet.Join(inputs, DeepFacts(result));
        }

        _ = receiver;
        return inputs;
    }

    private static bool HasDelegateInput(AbstractValue value, ITypeSymbol type)
    {
        if (type.TypeKind != TypeKind.Delegate)
            return false;
        foreach (Fact fact in value.Facts)
        {
            if (fact.Origin is Place { IsDeep: false })
                return true;
        }

        return false;
    }

    private AbstractValue ConstructLibrary(IObjectCreationOperation creation, IMethodSymbol constructor, AbstractValue[] arguments, MemberModel? model)
    {
        IOperation?[] operations = ArgumentOperations(creation.Arguments, arguments.Length);
        if (model?.Propagators is { } propagators)
            return ApplyPropagators(creation, constructor, propagators, null, arguments, operations);
        INamedTypeSymbol type = constructor.ContainingType;
        if (type.TypeKind == TypeKind.Delegate && arguments.Length == 1)
            return arguments[0];
        Fact[] facts = FactSet.End(InputFacts(creation, constructor, null, arguments, out bool hasDelegates), _model.EndedBy(constructor));
        if (ValueTypes.IsAtomic(type))
            return AbstractValue.Of(ValueTypes.IsNumber(type) ? FactSet.AddFlags(facts, FactFlags.ThroughNumber) : FactSet.AddStep(facts, creation.Syntax, constructor, TraceKind.Through));

        AbstractValue result = AbstractValue.Of(Allocate(creation.Syntax, "new", type, isFresh: ValueTypes.IsCollection(type)));
        if (arguments.Length > 0 && IsWrapper(type, arguments, constructor, out AbstractValue wrapped))
            return AbstractValue.Join(result, wrapped.WithConstant(null).WithPrefix(null));
        if (ValueTypes.IsCollection(type) && arguments.Length == 0)
            Write(result, Step.Count, AbstractValue.Of(0L));
        CallGenericConstructor(creation, constructor, result, arguments, ref facts);
        if (hasDelegates)
            facts = CallDelegates(creation, constructor, null, arguments, facts);
        if (facts.Length > 0)
            Write(result, Step.Element, AbstractValue.Of(FactSet.AddStep(facts, creation.Syntax, constructor, TraceKind.Through)), isStrong: false);
        return result;
    }

    /// <summary>A reader, writer or stream over another stream, buffer or builder shares its content.</summary>
    private static bool IsWrapper(INamedTypeSymbol type, AbstractValue[] arguments, IMethodSymbol constructor, out AbstractValue wrapped)
    {
        wrapped = AbstractValue.Clean;
        if (!IsBuffer(type) && !type.Name.EndsWith("Reader", StringComparison.Ordinal) && !type.Name.EndsWith("Writer", StringComparison.Ordinal) && type.Name is not ("Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "ArraySegment"))
            return false;
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Objects.Length > 0 && (IsBuffer(constructor.Parameters[i].Type) || constructor.Parameters[i].Type.Name.EndsWith("Reader", StringComparison.Ordinal)))
            {
                wrapped = arguments[i];
                return true;
            }
        }

        return false;
    }

    private AbstractValue ReadLibrary(IPropertyReferenceOperation reference, IPropertySymbol property, AbstractValue? owner, AbstractValue[] arguments, MemberModel? model)
    {
        if (model?.Propagators is { } propagators)
            return ApplyPropagators(reference, property, propagators, owner, arguments, ArgumentOperations(reference.Arguments, arguments.Length));
        if (owner is null)
            return property.IsReadOnly ? AbstractValue.Clean.WithObjects(ValueTypes.IsAtomic(property.Type) ? Array.Empty<HeapObject>() : new[] { Allocate(reference.Syntax, "static", null, isFresh: false) }) : ReadStatic(property, property.Type);
        if (!property.Parameters.IsEmpty)
            return ReadIndexer(property, owner, arguments);
        AbstractValue value = ReadLibraryProperty(owner, property, reference);
        return value.Facts.Length > 0 && LibraryMeasures.IsMeasure(property) ? value.WithFacts(FactSet.Empty) : value;
    }

    private AbstractValue ReadIndexer(IPropertySymbol property, AbstractValue owner, AbstractValue[] arguments)
    {
        if (property.ContainingType.SpecialType == SpecialType.System_String)
        {
            if (owner.Constant is string text && arguments[0].Constant is long index && index >= 0 && index < text.Length)
                return AbstractValue.Of(text[(int)index]);
            return Selected(owner.WithConstant(null).WithPrefix(null), arguments[0]);
        }

        object? key = arguments.Length == 1 ? arguments[0].Constant : null;
        AbstractValue element = Read(owner, key is null ? Step.Element : _places.Key(key), property.Type);
        return arguments.Length == 1 && ValueTypes.IsNumber(property.Parameters[0].Type) ? Selected(element, arguments[0]) : element;
    }

    private AbstractValue ReadLibraryProperty(AbstractValue owner, IPropertySymbol property, IOperation? operation = null)
    {
        switch (property.Name)
        {
            case "Current" or "Result" or "Span" or "Memory" or "Values" or "CurrentItem" when !ValueTypes.IsAtomic(property.ContainingType):
                if (property.Name == "Current")
                    return Enumerated(owner, property.Type);
                if (property.Name == "Result" && !ValueTypes.IsTransparent(property.ContainingType))
                    break;
                return owner;
            case "Value" or "HasValue" when property.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T:
                return property.Name == "Value" ? owner : AbstractValue.Clean;
            case "Length" when owner.Constant is string text:
                return AbstractValue.Of((long)text.Length);
            case "Keys" when ValueTypes.IsCollection(property.ContainingType) && operation is not null:
                AbstractValue keys = AbstractValue.Of(Allocate(operation.Syntax, "keys", null, isFresh: false));
                Write(keys, Step.Element, Read(owner, Step.Keys, null), isStrong: false);
                return keys.WithFacts(Inherited(owner));
        }

        if (GenericContentStep(property.OriginalDefinition.Type, property.OriginalDefinition.ContainingType) is { } step)
            return Read(owner, step, property.Type);
        if (operation is not null && property.OriginalDefinition.ContainingType.IsGenericType && MentionsTypeParameter(property.OriginalDefinition.Type)
            && Produce(operation, property.OriginalDefinition.Type, property.Type, Bindings(property.GetMethod!.OriginalDefinition, owner, Array.Empty<AbstractValue>())) is { } produced)
            return produced;
        AbstractValue value = Read(owner, _places.Member(property), property.Type);
        return value.Objects.Length > 0 || ValueTypes.IsAtomic(property.Type) || operation is null
            ? value
            : value.WithObjects(new[] { NewMember(owner, property, operation) });
    }

    /// <summary>An object behind a property of a library object: made at the first look, the same one afterwards.</summary>
    private HeapObject NewMember(AbstractValue owner, IPropertySymbol property, IOperation operation)
    {
        HeapObject member = Allocate(operation.Syntax, property, null, isFresh: false);
        if (owner.Objects.Length == 1)
        {
            int slot = owner.Objects[0].Cell(_places.Member(property));
            _state[slot] ??= AbstractValue.Of(member);
        }

        return member;
    }

    private AbstractValue? ConvertToText(IOperation operation, AbstractValue value)
    {
        ITypeSymbol? type = value.Objects.Length == 1 && value.Objects[0].ExactType is { } exact ? exact : operation.WithoutConversions().Type;
        for (ITypeSymbol? current = type; current is not null && SymbolInSource(current); current = current.BaseType)
        {
            foreach (ISymbol member in current.GetMembers("ToString"))
            {
                if (member is IMethodSymbol { Parameters.IsEmpty: true, IsOverride: true } method && _solver.HasBody(method))
                    return Call(operation, method, value, Array.Empty<AbstractValue>(), null);
            }
        }

        return null;
    }

    private AbstractValue ApplyPropagators(IOperation operation, ISymbol member, List<Propagator> rows, AbstractValue? receiver, AbstractValue[] arguments, IOperation?[] operations)
    {
        ITypeSymbol? type = (member as IMethodSymbol)?.ReturnType ?? (member as IPropertySymbol)?.Type;
        bool isConstructor = member is IMethodSymbol { MethodKind: MethodKind.Constructor };
        if (isConstructor)
            type = member.ContainingType;
        bool makesObject = type is not null && type.SpecialType != SpecialType.System_Void && !ValueTypes.IsAtomic(type);
        AbstractValue result = makesObject ? AbstractValue.Of(Allocate(operation.Syntax, "call", isConstructor ? type : null, isFresh: false)) : AbstractValue.Clean;
        foreach (Propagator row in rows)
        {
            if (row.From is not { } from || row.To is not { } to || PointValue(operation, member, from, receiver, arguments) is not { } value)
                continue;
            switch (to.Kind)
            {
                case FlowPointKind.Result when row.SameObject:
                    result = AbstractValue.Join(value, result);
                    break;
                case FlowPointKind.Result when to.IsElement:
                    Write(result, Step.Element, value, isStrong: false);
                    break;
                case FlowPointKind.Result:
                    Fact[] facts = FactSet.AddStep(DeepFacts(value), operation.Syntax, member, TraceKind.Through);
                    if (ValueTypes.IsNumber(type))
                        facts = FactSet.AddFlags(facts, FactFlags.ThroughNumber);
                    result = result.WithFacts(FactSet.Join(result.Facts, facts));
                    break;
                case FlowPointKind.Receiver when receiver is not null || (arguments.Length > 0 && member is IMethodSymbol { IsExtensionMethod: true }):
                    Write(receiver ?? arguments[0], Step.Element, Stored(value, operation, member), isStrong: false);
                    break;
                case FlowPointKind.Argument when MemberModelBuilder.Position(member, to.ParameterName, out int position) && position < arguments.Length:
                    if (arguments[position].Objects.Length > 0)
                        Write(arguments[position], Step.Element, Stored(value, operation, member), isStrong: false);
                    else if (operations[position] is { } target)
                        Assign(target, Stored(value, operation, member), operation);
                    break;
            }
        }

        return result;
    }

    private static AbstractValue Stored(AbstractValue value, IOperation operation, ISymbol member) =>
        value.Facts.Length == 0 ? value : value.WithFacts(FactSet.AddStep(value.Facts, operation.Syntax, member, TraceKind.Through));

    private AbstractValue? PointValue(IOperation operation, ISymbol member, FlowPoint point, AbstractValue? receiver, AbstractValue[] arguments)
    {
        AbstractValue? value = null;
        switch (point.Kind)
        {
            case FlowPointKind.Receiver:
                value = receiver ?? (arguments.Length > 0 ? arguments[0] : null);
                break;
            case FlowPointKind.Argument when MemberModelBuilder.Position(member, point.ParameterName, out int position) && position < arguments.Length:
                value = arguments[position];
                break;
            case FlowPointKind.CallbackResult when MemberModelBuilder.Position(member, point.ParameterName, out int callback) && callback < arguments.Length:
                AbstractValue[] given = CallbackArguments(operation, member, point.ParameterName!, receiver, arguments);
                value = InvokeDelegate(operation, arguments[callback], given, null, Compilation.ObjectType);
                break;
        }

        return value is null ? null : point.IsElement ? Read(value, Step.Element, null) : value;
    }

    private AbstractValue[] CallbackArguments(IOperation operation, ISymbol member, string parameter, AbstractValue? receiver, AbstractValue[] arguments)
    {
        AbstractValue[] given = EmptyArguments(8);
        foreach (Propagator row in _model.Member(member)?.Propagators ?? new List<Propagator>())
        {
            if (row is { From: { } from, To: { Kind: FlowPointKind.CallbackArgument } to } && to.ParameterName == parameter && to.CallbackPosition < given.Length
                && from.Kind != FlowPointKind.CallbackResult && PointValue(operation, member, from, receiver, arguments) is { } value)
                given[to.CallbackPosition] = AbstractValue.Join(given[to.CallbackPosition], value);
        }

        return given;
    }
}
