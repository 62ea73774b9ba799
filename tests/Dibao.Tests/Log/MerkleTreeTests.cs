using System.Security.Cryptography;
using Dibao.Log;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Log;

public class MerkleTreeTests
{
    // The leaves and roots of RFC 6962's own test data, as every log implementation has them.
    private static readonly string[] Leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    [Fact]
    public void Roots_are_those_that_other_logs_of_RFC_6962_have()
    {
        var tree = new MerkleTree();
        var writer = new TileWriter();
        Hex(tree.Root()).ShouldBe(Roots[0]);
        for (var i = 0; i < Leaves.Length; i++)
        {
            tree.Append(TreeHash.OfLeaf(Convert.FromHexString(Leaves[i])));
            writer.Append(Convert.FromHexString(Leaves[i]));
            Hex(tree.Root()).ShouldBe(Roots[i + 1]);
            writer.Root().ShouldBe(tree.Root());
        }
    }

    [Fact]
    public void The_growing_root_is_the_one_that_RFC_9162_defines()
    {
        var tree = new MerkleTree();
        var hashes = new List<byte[]>();
        for (var size = 0; size < 130; size++)
        {
            Hex(tree.Root()).ShouldBe(Convert.ToHexStringLower(Defined(hashes)), $"at size {size}");
            var leaf = new Leaf(LeafKind.Capture, size, SHA256.HashData([(byte)size])).Hash();
            hashes.Add(leaf.ToBytes());
            tree.Append(leaf);
        }
        tree.Size.ShouldBe(130);
    }

    [Fact]
    public void A_leaf_takes_42_bytes_in_the_order_of_the_format()
    {
        var leaf = new Leaf(LeafKind.Import, 0x0102030405060708, Enumerable.Repeat((byte)0xAB, 32).ToArray());
        Convert.ToHexString(leaf.ToBytes()).ShouldBe("0105" + "0102030405060708" + string.Concat(Enumerable.Repeat("AB", 32)));
        Leaf.TryRead(leaf.ToBytes(), out var read).ShouldBeTrue();
        read.ShouldBe(leaf);
        Leaf.TryRead(leaf.ToBytes().AsSpan(1), out _).ShouldBeFalse();
        Leaf.TryRead([2, .. leaf.ToBytes().AsSpan(1)], out _).ShouldBeFalse();
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

    private static string Hex(TreeHash hash) => Convert.ToHexStringLower(hash.ToBytes());
}
