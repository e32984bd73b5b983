namespace SecurityToolchain.Scanning.Binaries.DotNet;

/// <summary>One IL instruction.</summary>
/// <param name="Offset">The offset in the method body.</param>
/// <param name="Opcode">The opcode; two-byte ones are 0xFE00 and the second byte.</param>
/// <param name="Operand">The 32-bit operand, for example a token; 0 without one.</param>
internal readonly record struct IlInstruction(int Offset, ushort Opcode, int Operand)
{
    public bool IsCall => Opcode is 0x28 or 0x6F;

    public bool IsNewObject => Opcode == 0x73;

    public bool IsLoadString => Opcode == 0x72;

    public bool IsLoadFunction => Opcode == 0xFE06;

    public bool IsStoreField => Opcode is 0x7D or 0x80;
}
