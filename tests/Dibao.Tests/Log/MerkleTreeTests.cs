using System.Security.Cryptography;
using Dibao.Log;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Log;

public class MerkleTreeTests
{
    [Fact]
    public void The_growing_root_is_the_one_that_RFC_9162_defines()
    {
        var tree = new MerkleTree();
        var hashes = new List<byte[]>();
        for (var size = 0; size < 130; size++)
        {
            Convert.ToHexString(tree.Root()).ShouldBe(Convert.ToHexString(Defined(hashes)), $"at size {size}");
            hashes.Add(new Leaf(LeafKind.Capture, size, SHA256.HashData([(byte)size])).Hash());
            tree.Append(hashes[^1]);
        }
        tree.Size.ShouldBe(130);
    }

    [Fact]
    public void A_leaf_takes_42_bytes_in_the_order_of_the_format()
    {
        var bytes = new Leaf(LeafKind.Import, 0x0102030405060708, Enumerable.Repeat((byte)0xAB, 32).ToArray()).ToBytes();
        Convert.ToHexString(bytes).ShouldBe("0105" + "0102030405060708" + string.Concat(Enumerable.Repeat("AB", 32)));
    }

    // RFC 9162 §2.1.1, word for word.
    private static byte[] Defined(List<byte[]> leaves)
    {
        if (leaves.Count == 0) return SHA256.HashData([]);
        if (leaves.Count == 1) return leaves[0];
        var k = 1;
        while (k * 2 < leaves.Count) k *= 2;
        return SHA256.HashData([1, .. Defined([.. leaves.Take(k)]), .. Defined([.. leaves.Skip(k)])]);
    }
}
