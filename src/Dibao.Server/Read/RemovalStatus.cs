namespace Dibao.Server.Read;

/// <summary>How readers and programs are told that an article was taken down.</summary>
internal static class RemovalStatus
{
    /// <summary>451 where the law demanded it (RFC 7725), 410 otherwise.</summary>
    public static int Of(Removal removal) =>
        removal.Cause == TakedownCause.Law ? StatusCodes.Status451UnavailableForLegalReasons : StatusCodes.Status410Gone;
}
