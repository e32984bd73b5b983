using System.Buffers.Binary;

namespace SecurityToolchain.Scanning.Binaries.DotNet.Flow;

/// <summary>Operands that are shorter than four bytes, and constants.</summary>
internal static class IlOperands
{
    /// <summary>The number of an argument or a local.</summary>
    public static int Index(ReadOnlySpan<byte> code, in IlInstruction instruction) => instruction.Opcode >= 0xFE00
        ? BinaryPrimitives.ReadUInt16LittleEndian(code[(instruction.Offset + 2)..])
        : code[instruction.Offset + 1];

    /// <summary>The constant that an instruction loads.</summary>
    public static IlValue Constant(ReadOnlySpan<byte> code, in IlInstruction instruction) => new()
    {
        Number = instruction.Opcode switch
        {
            0x14 => null,
            0x1F => unchecked((sbyte)code[instruction.Offset + 1]),
            0x20 => instruction.Operand,
            var opcode => opcode - 0x16,
        },
    };
}
