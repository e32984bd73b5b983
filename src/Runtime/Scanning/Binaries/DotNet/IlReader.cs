using System.Buffers.Binary;

namespace SecurityToolchain.Scanning.Binaries.DotNet;

/// <summary>Decodes a method body instruction by instruction. Bytes that are no IL end it.</summary>
internal ref struct IlReader
{
    private readonly ReadOnlySpan<byte> _code;
    private int _at;

    public IlReader(ReadOnlySpan<byte> code) => _code = code;

    public bool TryRead(out IlInstruction instruction)
    {
        instruction = default;
        if (_at >= _code.Length)
            return false;
        int start = _at;
        int opcode = _code[_at++];
        byte length;
        if (opcode == 0xFE)
        {
            if (_at >= _code.Length)
                return false;
            opcode = 0xFE00 | _code[_at];
            length = IlOpcodes.TwoBytes[_code[_at++]];
        }
        else
        {
            length = IlOpcodes.OneByte[opcode];
        }

        if (length == IlOpcodes.Invalid)
            return false;
        int operand = 0;
        if (length == IlOpcodes.Variable)
        {
            if (_code.Length - _at < 4)
                return false;
            uint targets = BinaryPrimitives.ReadUInt32LittleEndian(_code[_at..]);
            _at += 4;
            if (targets > (uint)(_code.Length - _at) / 4)
                return false;
            _at += (int)targets * 4;
        }
        else
        {
            if (_code.Length - _at < length)
                return false;
            if (length >= 4)
                operand = BinaryPrimitives.ReadInt32LittleEndian(_code[_at..]);
            _at += length;
        }

        instruction = new IlInstruction(start, (ushort)opcode, operand);
        return true;
    }

    /// <summary>Reads on to the next instruction that names a member or a string. Most instructions do neither, so they are passed in a tight loop.</summary>
    /// <param name="instruction">The instruction.</param>
    public bool TryReadReference(out IlInstruction instruction)
    {
        ReadOnlySpan<byte> code = _code;
        ReadOnlySpan<byte> steps = IlOpcodes.Steps;
        int at = _at;
        while ((uint)at < (uint)code.Length)
        {
            byte step = steps[code[at]];
            if (step != IlOpcodes.Special)
            {
                unchecked
                {
                    at += step;
                }

                continue;
            }

            _at = at;
            if (!TryRead(out instruction))
                break;
            at = _at;
            if (instruction.IsCall || instruction.IsNewObject || instruction.IsLoadString || instruction.IsLoadFunction || instruction.IsStoreField)
                return true;
        }

        // A cut instruction at the end is no instruction.
        _at = code.Length;
        instruction = default;
        return false;
    }

    /// <summary>Finds the IL of a method body at a file offset (ECMA-335 II.25.4).</summary>
    public static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> file, long offset)
    {
        if (offset < 0 || offset >= file.Length)
            return default;
        byte first = file[(int)offset];
        if ((first & 3) == 2)
        {
            int length = first >> 2;
            return offset + 1 + length <= file.Length ? file.Slice((int)offset + 1, length) : default;
        }

        if ((first & 3) != 3 || offset + 12 > file.Length)
            return default;
        int header = (file[(int)offset + 1] >> 4) * 4;
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(file[((int)offset + 4)..]);
        return header >= 12 && offset + header + size <= file.Length ? file.Slice((int)offset + header, (int)size) : default;
    }
}
