using System.Security.Cryptography;
using Dibao.Log;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Dibao.Tests.Log;

public class MerkleProofTests
{
    private const int AllUpTo = 70;
    private static readonly Grown Tree = new(1_100);

    [Fact]
    public void Every_leaf_of_every_small_tree_is_proved_and_no_other()
    {
        for (var size = 1L; size <= AllUpTo; size++)
        {
            var root = Tree.Root(size);
            for (var index = 0L; index < size; index++)
            {
                var proof = MerkleProof.Inclusion(index, size, Tree.Subtree);
                for (var claimed = 0L; claimed < size; claimed++)
                {
                    MerkleProof.VerifyInclusion(Tree.Subtree(0, index), claimed, size, proof, root).ShouldBe(claimed == index);
                    if (claimed != index) MerkleProof.VerifyInclusion(Tree.Subtree(0, claimed), index, size, proof, root).ShouldBeFalse();
                }
            }
        }
    }

    [Fact]
    public void Every_small_tree_is_the_beginning_of_every_larger_one_and_of_no_other()
    {
        for (var newer = 0L; newer <= AllUpTo; newer++)
        {
            for (var older = 0L; older <= newer; older++)
            {
                var proof = MerkleProof.Consistency(older, newer, Tree.Subtree);
                MerkleProof.VerifyConsistency(older, Tree.Root(older), newer, Tree.Root(newer), proof).ShouldBeTrue($"{older} in {newer}");
                if (older > 0) MerkleProof.VerifyConsistency(older, Tree.Root(older - 1), newer, Tree.Root(newer), proof).ShouldBeFalse();
                if (newer > 0) MerkleProof.VerifyConsistency(older, Tree.Root(older), newer, Tree.Root(newer + 1), proof).ShouldBe(older == 0);
            }
        }
    }

    [Fact]
    public void Any_changed_dropped_or_added_hash_is_noticed() =>
        Prop.ForAll(ArbMap.Default.ArbFor<PositiveInt>(), ArbMap.Default.ArbFor<PositiveInt>(), ArbMap.Default.ArbFor<PositiveInt>(), (a, b, bit) =>
        {
            var size = 2 + (a.Get * 37L % 1_000);
            var index = b.Get * 7919L % size;
            var older = 1 + (b.Get * 31L % (size - 1));
            return Bad(MerkleProof.Inclusion(index, size, Tree.Subtree), bit.Get).All(proof =>
                    !MerkleProof.VerifyInclusion(Tree.Subtree(0, index), index, size, proof, Tree.Root(size)))
                && Bad(MerkleProof.Consistency(older, size, Tree.Subtree), bit.Get).All(proof =>
                    !MerkleProof.VerifyConsistency(older, Tree.Root(older), size, Tree.Root(size), proof));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Tiles_give_the_same_proofs_as_the_whole_tree()
    {
        var grown = new Grown(0);
        foreach (var size in new[] { 1, 2, 255, 256, 257, 511, 512, 700, 1_100 })
        {
            while (grown.Size < size) grown.Append();
            grown.Write();
            var tiled = grown.Tiled(size);
            tiled.Root().ShouldBe(Tree.Root(size));
            for (var index = 0L; index < size; index += 13)
            {
                tiled.Inclusion(index).ShouldBe(MerkleProof.Inclusion(index, size, Tree.Subtree));
                tiled.Consistency(index).ShouldBe(MerkleProof.Consistency(index, size, Tree.Subtree));
                tiled.Entry(index).ToArray().ShouldBe(Grown.Entry(index));
            }
        }
    }

    [Theory]
    [InlineData(1_100, 1)]
    [InlineData(70_000, 997)]
    public void Go_makes_the_same_proofs_for_every_index(int last, int step)
    {
        var theirs = Tool.Go("proofs", $"{last}", $"{step}").Split('\n');
        var tree = last <= 1_100 ? Tree : new Grown(last);
        foreach (var (size, line) in Sizes(last, step).Zip(theirs))
        {
            line.ShouldBe($"{size} {Convert.ToHexStringLower(tree.Root(size).ToBytes())} {AllProofs(tree, size, step)}");
        }
        theirs.Length.ShouldBe(Sizes(last, step).Count());
    }

    private static IEnumerable<long> Sizes(int last, int step)
    {
        for (var size = 0L; size <= last; size++) if (size % step == 0 || size == last) yield return size;
    }

    // As oracle.go hashes them.
    private static string AllProofs(Grown tree, long size, int step)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var index = 0L; index < size; index += step)
        {
            foreach (var hash in MerkleProof.Inclusion(index, size, tree.Subtree)) digest.AppendData(hash.ToBytes());
            digest.AppendData([0]);
            if (index == 0) continue;
            foreach (var hash in MerkleProof.Consistency(index, size, tree.Subtree)) digest.AppendData(hash.ToBytes());
            digest.AppendData([1]);
        }
        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private static IEnumerable<IReadOnlyList<TreeHash>> Bad(IReadOnlyList<TreeHash> proof, int bit)
    {
        yield return [.. proof, Tree.Subtree(0, bit % 1_000)];
        if (proof.Count == 0) yield break;
        yield return [.. proof.Skip(1)];
        yield return [.. proof.SkipLast(1)];
        var bytes = proof[bit % proof.Count].ToBytes();
        bytes[bit / 8 % 32] ^= (byte)(1 << (bit % 8));
        yield return [.. proof.Select((hash, i) => i == bit % proof.Count ? TreeHash.FromBytes(bytes) : hash)];
        if (proof.Distinct().Count() > 1) yield return [.. proof.Skip(1), proof[0]];
    }
}
