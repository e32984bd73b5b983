using System.Buffers.Binary;
using System.Reflection.Metadata;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>
/// Follows values through the body of one method: forwards over the instructions, once, joining what is known where branches meet. What
/// comes around a loop a second time is not followed; a buffer that is written to anywhere in the method counts as written.
/// </summary>
internal sealed class IlFlow(IlSignatures signatures, MemberNames names, Func<int, string> readString)
{
    /// <summary>The longest body in bytes that is followed; the compiler's longest are a tenth of it.</summary>
    public const int MaxBody = 256 << 10;

    private const int MaxArguments = 64;

    // Each place that is jumped to keeps a copy of what is known, and hostile code could jump everywhere.
    private const int MaxPending = 4096;

    private readonly Dictionary<int, IlFrame> _pending = [];
    private readonly IlValue[] _arguments = new IlValue[MaxArguments];
    private IlFrame _frame = new();
    private IIlObserver _observer = null!;

    /// <summary>Follows the values of a method.</summary>
    /// <param name="code">The body.</param>
    /// <param name="isStatic">Whether argument 0 is the first parameter.</param>
    /// <param name="safeParameters">For each parameter, whether it is a number.</param>
    /// <param name="observer">Is told what happens.</param>
    public void Run(ReadOnlySpan<byte> code, bool isStatic, bool[] safeParameters, IIlObserver observer)
    {
        _observer = observer;
        _pending.Clear();
        _frame = new IlFrame();
        Array.Fill(_arguments, IlValue.Variable);
        for (int i = 0; i < safeParameters.Length; i++)
        {
            if (safeParameters[i] && i + (isStatic ? 0 : 1) < MaxArguments)
                _arguments[i + (isStatic ? 0 : 1)] = IlValue.Safe;
        }

        bool reachable = true;
        var reader = new IlReader(code);
        while (reader.TryRead(out IlInstruction instruction))
        {
            if (_pending.Remove(instruction.Offset, out IlFrame? arriving))
            {
                if (reachable)
                    _frame.Merge(arriving);
                else
                    _frame = arriving;
            }
            else if (!reachable)
            {
                // A handler, or the head of a loop that is entered from below: the locals are those of the code before it.
                _frame.ClearStack();
            }

            reachable = Step(code, instruction);
        }
    }

    /// <summary>Executes one instruction; false when the next one is not reached from it.</summary>
    private bool Step(ReadOnlySpan<byte> code, in IlInstruction instruction)
    {
        ushort opcode = instruction.Opcode;
        switch (opcode)
        {
            case >= 0x02 and <= 0x05:
                _frame.Push(_arguments[opcode - 0x02]);
                return true;
            case 0x0E or 0x0F or 0xFE09 or 0xFE0A:
                _frame.Push(IlOperands.Index(code, instruction) is var argument && argument < MaxArguments ? _arguments[argument] : IlValue.Variable);
                return true;
            case 0x10 or 0xFE0B:
                IlValue given = _frame.Pop();
                if (IlOperands.Index(code, instruction) is var target && target < MaxArguments)
                    _arguments[target] = given;
                return true;
            case >= 0x06 and <= 0x09:
                _frame.Push(_frame.Local(opcode - 0x06));
                return true;
            case 0x11 or 0xFE0C:
                _frame.Push(_frame.Local(IlOperands.Index(code, instruction)));
                return true;
            case >= 0x0A and <= 0x0D:
                _frame.SetLocal(opcode - 0x0A, _frame.Pop());
                return true;
            case 0x13 or 0xFE0E:
                _frame.SetLocal(IlOperands.Index(code, instruction), _frame.Pop());
                return true;
            case 0x12 or 0xFE0D:
                _frame.Push(new IlValue { Local = IlOperands.Index(code, instruction), IsVariable = true });
                return true;
            case >= 0x14 and <= 0x20:
                _frame.Push(IlOperands.Constant(code, instruction));
                return true;
            case 0x25:
                _frame.Push(_frame.Peek());
                return true;
            case 0x72:
                _frame.Push(new IlValue { Text = readString(instruction.Operand) });
                return true;
            case 0x28 or 0x6F or 0x73:
                Call(instruction);
                return true;
            case 0x29:
                Indirect(instruction);
                return true;
            case 0x2A:
                _observer.OnReturn(_frame.Pop(), instruction.Offset);
                return false;
            case 0x7A or 0xFE1A or 0x27 or 0xDC or 0xFE11:
                return false;
            case >= 0x2B and <= 0x44 or 0xDD or 0xDE:
                return Branch(code, instruction);
            case 0x45:
                Switch(code, instruction);
                return true;
            default:
                Other(instruction);
                return true;
        }
    }

    private void Other(in IlInstruction instruction)
    {
        ushort opcode = instruction.Opcode;
        switch (opcode)
        {
            // castclass, isinst, conv.u, conv.i, readonly. and constrained. change nothing of what is known.
            case 0x74 or 0x75 or 0xE0 or 0xD3 or 0xFE1E or 0xFE16 or 0xFE13 or 0xFE14 or 0xFE12:
                break;
            case 0x8C:
                IlValue boxed = _frame.Pop();
                _frame.Push(signatures.IsSafeType(instruction.Operand) ? IlValue.Of(false, boxed.MayBeWeakRandom) : boxed);
                break;
            case 0x8D or 0xFE0F:
                _frame.Pop();
                _frame.Push(IlValue.Of(new IlBuffer(IlBufferKind.Zeros)));
                break;
            case >= 0x9B and <= 0xA2 or 0xA4:
                StoreElement();
                break;
            case >= 0x90 and <= 0x9A or 0xA3:
                IlValue index = _frame.Pop(), array = _frame.Pop();
                bool weak = index.MayBeWeakRandom || array.MayBeWeakRandom;
                _frame.Push(opcode is 0x9A or 0xA3 || weak ? new IlValue { IsVariable = opcode is 0x9A or 0xA3, IsWeakRandom = weak } : IlValue.Safe);
                break;
            case 0x7B:
                _frame.Pop();
                _frame.Push(signatures.IsSafeField(instruction.Operand) ? IlValue.Safe : IlValue.Variable);
                break;
            case 0x7C or 0x8F or 0xFE06 or 0xFE07:
                // Addresses are numbers for the table; what lies there is not.
                for (int i = IlStackEffects.Of(opcode).Pops; i > 0; i--)
                {
                    if (_frame.Pop().Buffer is { } reachable)
                        reachable.HasEscaped = true;
                }

                _frame.Push(IlValue.Variable);
                break;
            case 0x7D:
                IlValue value = _frame.Pop();
                _frame.Pop();
                if (IlSignatures.IsField(instruction.Operand))
                    _observer.OnStoreField(instruction.Operand, value, instruction.Offset);
                break;
            case 0x80:
                IlValue stored = _frame.Pop();
                if (IlSignatures.IsField(instruction.Operand))
                    _observer.OnStoreField(instruction.Operand, stored, instruction.Offset);
                break;
            case 0x7E or 0x7F or 0xD0:
                _frame.Push(_observer.OnLoadStatic(instruction.Operand));
                break;
            default:
                (byte pops, byte pushes, bool number) = IlStackEffects.Of(opcode);
                // add to conv.r8, and the forms that check for overflow.
                bool computes = number || opcode is (>= 0x58 and <= 0x66) or (>= 0xD6 and <= 0xDB);
                bool fromWeak = false;
                for (int i = 0; i < pops; i++)
                    fromWeak |= _frame.Pop().MayBeWeakRandom;
                for (int i = 0; i < pushes; i++)
                    _frame.Push(computes ? IlValue.Of(false, fromWeak) : IlValue.Variable);
                break;
        }
    }

    private void StoreElement()
    {
        IlValue value = _frame.Pop();
        _frame.Pop();
        if (_frame.Pop().Buffer is not { } buffer)
            return;
        buffer.HasVariable |= value.MayVary;
        buffer.HasWeakRandom |= value.MayBeWeakRandom;
        // A constant element keeps the array constant; anything else makes it something else.
        if (value.Number is null && value.Text is null)
            buffer.HasEscaped = true;
        else if (value.Number is not 0)
            buffer.Kind = IlBufferKind.Literal;
    }

    private void Call(in IlInstruction instruction)
    {
        bool creates = instruction.IsNewObject;
        if (signatures.Shape(instruction.Operand) is not { } shape)
        {
            _frame.ClearStack();
            _frame.Push(IlValue.Variable);
            return;
        }

        var arguments = new IlValue[shape.Parameters + (shape.HasThis && !creates ? 1 : 0)];
        for (int i = arguments.Length - 1; i >= 0; i--)
            arguments[i] = _frame.Pop();
        // An address stands for what lies there.
        int local = -1;
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Local is not (>= 0 and var index))
                continue;
            if (i == 0 && shape.HasThis && !creates)
                local = index;
            IlValue known = _frame.Local(index);
            arguments[i] = known;
            // Given by reference, it may be set.
            if (i > 0 || !shape.HasThis || creates)
                _frame.SetLocal(index, known.Buffer is { HasEscaped: false } ? known : IlValue.Variable);
        }

        IlValue result = _observer.OnCall(instruction.Operand, shape, arguments, creates, instruction.Offset);
        // The constructor of a structure in a local: what it makes lies there.
        if (local >= 0 && !creates && !shape.ReturnsValue && names.Find(instruction.Operand).Member == ".ctor")
            _frame.SetLocal(local, result);
        if (creates || shape.ReturnsValue)
            _frame.Push(result);
    }

    private void Indirect(in IlInstruction instruction)
    {
        _frame.Pop();
        if (signatures.Shape(instruction.Operand) is not { } shape)
            return;
        for (int i = shape.Parameters + (shape.HasThis ? 1 : 0); i > 0; i--)
        {
            if (_frame.Pop().Buffer is { } buffer)
                buffer.HasEscaped = true;
        }

        if (shape.ReturnsValue)
            _frame.Push(IlValue.Variable);
    }

    private bool Branch(ReadOnlySpan<byte> code, in IlInstruction instruction)
    {
        ushort opcode = instruction.Opcode;
        bool isShort = opcode is >= 0x2B and <= 0x37 or 0xDE, always = opcode is 0x2B or 0x38 or 0xDD or 0xDE;
        int next = instruction.Offset + (isShort ? 2 : 5);
        int distance = isShort ? unchecked((sbyte)code[instruction.Offset + 1]) : instruction.Operand;
        if (opcode is 0xDD or 0xDE)
            _frame.ClearStack();
        else if (!always)
            _frame.Pop();
        // Comparing branches take two values; those for truth take one.
        if (opcode is (>= 0x2E and <= 0x37) or (>= 0x3B and <= 0x44))
            _frame.Pop();
        Arrive((long)next + distance, instruction.Offset);
        return !always;
    }

    private void Switch(ReadOnlySpan<byte> code, in IlInstruction instruction)
    {
        _frame.Pop();
        ReadOnlySpan<byte> table = code[(instruction.Offset + 1)..];
        int count = BinaryPrimitives.ReadInt32LittleEndian(table);
        long next = instruction.Offset + 5 + (4L * count);
        for (int i = 0; i < count; i++)
            Arrive(next + BinaryPrimitives.ReadInt32LittleEndian(table[(4 + (4 * i))..]), instruction.Offset);
    }

    private void Arrive(long target, int from)
    {
        if (target <= from || target > int.MaxValue)
            return;
        if (_pending.TryGetValue((int)target, out IlFrame? known))
            known.Merge(_frame);
        else if (_pending.Count < MaxPending)
            _pending.Add((int)target, _frame.Copy());
    }
}
