namespace Dibao.Prove.Stamps;

/// <summary>What a stamp says about when something existed, as far as can be told offline.</summary>
public abstract record TimeAttestation
{
    private TimeAttestation() { }

    /// <summary>An authority signed the time (RFC 3161), and the signature is right. Whether to trust its certificate is the reader's to say.</summary>
    public sealed record Stamped(DateTimeOffset At, string Authority) : TimeAttestation;

    /// <summary>A calendar promised to have it in a block later.</summary>
    public sealed record Pending(string Calendar) : TimeAttestation;

    /// <summary>It is in a Bitcoin block. That cannot be checked offline: it needs the header of that block.</summary>
    /// <param name="MerkleRoot">What must stand in the block's header, as block explorers show it: hexadecimal, last byte first.</param>
    public sealed record NeedsBlockHeader(long Height, string MerkleRoot) : TimeAttestation;

    /// <summary>Another kind, which this dibao does not know.</summary>
    /// <param name="Tag">Hexadecimal.</param>
    public sealed record Unknown(string Tag) : TimeAttestation;
}
